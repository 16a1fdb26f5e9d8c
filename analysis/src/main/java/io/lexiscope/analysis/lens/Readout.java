package io.lexiscope.analysis.lens;

import java.util.ArrayList;
import java.util.List;

/// What to say of each vector.
///
/// ```java
/// Readout.top(10).andBottom(5).andRankOf(" Oslo");
/// ```
///
/// @param top how many of the words with the largest logits
/// @param bottom how many of those with the smallest
/// @param targets words whose logit, probability and rank are wanted
/// @param raw whether logits of components stand as the product gives them, not above their mean
///   over the vocabulary, and lists hold under-trained tokens too
public record Readout(int top, int bottom, List<LensTarget> targets, boolean raw) {

  /// Copies the list and checks the counts.
  ///
  /// @throws LensException if a count is negative
  public Readout {
    targets = List.copyOf(targets);
    if (top < 0 || bottom < 0) {
      throw new LensException(
          "readout: expected counts of 0 or more, got top=%d bottom=%d".formatted(top, bottom));
    }
  }

  /// The `k` words with the largest logits.
  public static Readout top(int k) {
    return new Readout(k, /* bottom= */ 0, List.of(), /* raw= */ false);
  }

  /// Also the `k` words with the smallest logits.
  public Readout andBottom(int k) {
    return new Readout(top, k, targets, raw);
  }

  /// Also logit, probability and rank of a word, such as ` Oslo`.
  public Readout andRankOf(String word) {
    return and(new LensTarget.Word(word));
  }

  /// Also logit, probability and rank of a token.
  public Readout andRankOf(int id) {
    return and(new LensTarget.Id(id));
  }

  /// The same as the products give it: every token listed, and no mean taken off.
  public Readout asItIs() {
    return new Readout(top, bottom, targets, /* raw= */ true);
  }

  private Readout and(LensTarget target) {
    List<LensTarget> more = new ArrayList<>(targets);
    more.add(target);
    return new Readout(top, bottom, more, raw);
  }
}
