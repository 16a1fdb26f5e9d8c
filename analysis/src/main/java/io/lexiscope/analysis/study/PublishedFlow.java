package io.lexiscope.analysis.study;

import io.lexiscope.model.config.Architecture;
import java.util.List;
import java.util.Optional;

/// The numbers in the graphs that Katz and Belinkov 2023 published beside their paper, for GPT-2.
///
/// @see <a href="https://github.com/shacharKZ/Visualizing-the-Information-Flow-of-GPT">the stored
///   graphs</a>
final class PublishedFlow {
  static final String INDIRECT_OBJECT =
      "When Mary and John went to the store, John gave a drink to";
  static final String CAPITAL = "The capital of Japan is the city of";

  private PublishedFlow() {}

  /// Which of the published models.
  ///
  /// @param name as it is called
  /// @param mary final probability of " Mary", %
  /// @param tokyo final probability of " Tokyo", %
  record Size(String name, double mary, double tokyo) {}

  /// The published model of an architecture.
  static Optional<Size> of(Architecture architecture) {
    if (!architecture.family().equals("gpt2") || architecture.dimensions().vocabulary() != 50257) {
      return Optional.empty();
    }
    return switch (architecture.dModel()) {
      case 768 -> Optional.of(new Size("GPT-2 small", 44.603, 11.855));
      case 1024 -> Optional.of(new Size("GPT-2 medium", 79.077, 29.029));
      case 1600 -> Optional.of(new Size("GPT-2 XL", 67.244, 58.586));
      default -> Optional.empty();
    };
  }

  /// A head of GPT-2 small on the indirect object, target " Mary".
  ///
  /// @param norm ‖A_h W_O‖
  /// @param probability of " Mary" in what it writes, %
  /// @param rank of " Mary" there
  record Head(int layer, int head, double norm, double probability, int rank) {}

  static List<Head> heads() {
    return List.of(
        new Head(9, 9, 19.445, 99.981, 1),
        new Head(9, 6, 22.380, 17.872, 2),
        new Head(10, 0, 16.622, 73.244, 1),
        new Head(9, 8, 14.905, 5.050, 4),
        new Head(10, 10, 17.360, 10.848, 3),
        new Head(11, 2, 14.600, 93.404, 1),
        new Head(10, 7, 27.291, 0.000, 50257),
        new Head(11, 10, 22.568, 0.000, 50257),
        new Head(10, 2, 24.710, 0.000, 6),
        new Head(8, 6, 14.844, 0.155, 90));
  }

  /// A layer of GPT-2 small on the indirect object: rank of " Mary" and length.
  record Layer(int layer, int attentionRank, double attentionNorm, int outputRank, double input) {}

  static List<Layer> layers() {
    return List.of(
        new Layer(0, 3703, 30.984, 5778, 4.541),
        new Layer(4, 12418, 9.006, 2624, 57.788),
        new Layer(8, 57, 32.016, 24, 90.127),
        new Layer(9, 1, 37.488, 2, 118.26),
        new Layer(10, 2, 46.205, 1, 166.649),
        new Layer(11, 78, 279.705, 1, 254.767));
  }
}
