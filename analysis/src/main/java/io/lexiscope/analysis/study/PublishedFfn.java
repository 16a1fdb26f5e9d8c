package io.lexiscope.analysis.study;

import java.util.List;

/// The numbers of Geva et al. 2022 for GPT-2, as published; layers and neurons counted from 0.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022</a>
final class PublishedFfn {
  private PublishedFfn() {}

  /// A value vector and words that were published for it.
  ///
  /// @param neuron such as `L13D1852`
  /// @param words in their order
  record Vector(String neuron, List<String> words) {}

  /// A probability of a word under the final norm and the softmax, from the authors' notebook.
  ///
  /// @param neuron such as `L13D1852`
  /// @param word with its leading space, if it has one
  /// @param probability 0 to 1
  record Probability(String neuron, String word, double probability) {}

  /// Table 8: the ten vectors chosen by hand, GPT-2 medium.
  static final List<Vector> BY_HAND =
      List.of(
          vector(
              "L13D1852",
              "transparency, disclosure, clearer, parency, iquette, humility, modesty, disclosures, accountability, safer"),
          vector(
              "L14D72",
              "respectful, honorable, healthy, decent, fair, erning, neutral, peacefully, respected, reconc"),
          vector(
              "L14D1394",
              "safe, neither, safer, course, safety, safe, Safe, apologize, Compact, cart"),
          vector(
              "L15D215",
              "refere, Messages, promises, Relations, accept, acceptance, Accept, assertions, persistence, warn"),
          vector(
              "L16D461",
              "should, should, MUST, ought, wisely, Should, SHOULD, safely, shouldn, urgently"),
          vector(
              "L16D3208",
              "peaceful, stable, healthy, calm, trustworthy, impartial, stability, credibility, respected, peace"),
          vector(
              "L16D4060",
              "Proper, proper, moder, properly, wisely, decency, correct, corrected, restraint, professionalism"),
          vector(
              "L17D2920",
              "thank, THANK, thanks, thank, Thank, apologies, Thank, thanks, Thanks, apologise"),
          vector(
              "L18D1890",
              "thanks, thank, Thanks, thanks, THANK, Thanks, Thank, Thank, thank, congratulations"),
          vector("L22D3769", "free, fit, legal, und, Free, leg, pless, sound, qualified, Free"));

  /// The authors' notebook, GPT-2 medium.
  static final List<Probability> NORMED =
      List.of(
          new Probability("L16D461", "should", 0.8848),
          new Probability("L17D2920", " thank", 0.9502),
          new Probability("L18D1890", " thanks", 0.99999),
          new Probability("L14D72", " reconc", 0.9182));

  /// Table 1, GPT-2 small; words were selected by the authors and are not the highest ones.
  static final List<Vector> CONCEPTS =
      List.of(
          vector("L2D1017", "kg, percent, spread, total, yards, pounds, hours"),
          vector("L7D1899", "which, whose, Which, whom, where, who, wherein"),
          vector("L10D2600", "drinks, coffee, tea, soda, burgers, bar, sushi"));

  /// Table 10: share of examples that saturate at each layer, GPT-2 medium, %.
  static final List<Double> SATURATION =
      List.of(
          2.21, .77, 1.06, .74, .85, .83, .83, .72, .93, .99, 1.16, 1.32, 1.24, 1.62, 2.37, 2.72,
          2.99, 3.80, 4.15, 5.21, 5.67, 9.31, 14.52, 34.15);

  /// Figure 6: median share of the ten dominant sub-updates by layer, GPT-2 medium, %.
  static final List<Double> TOP_TEN =
      List.of(
          6.99, 5.02, 3.58, 3.67, 3.76, 3.88, 4.11, 4.26, 2.61, 4.22, 3.65, 3.23, 3.01, 3.17, 3.27,
          2.89, 3.73, 3.27, 4.00, 4.23, 4.99, 5.28, 6.83, 4.33);

  private static Vector vector(String neuron, String words) {
    return new Vector(neuron, List.of(words.split(", ", -1)));
  }
}
