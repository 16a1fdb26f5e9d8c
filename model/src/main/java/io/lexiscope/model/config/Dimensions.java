package io.lexiscope.model.config;

/// The sizes of a transformer.
///
/// @param layers number of blocks
/// @param dModel width of the residual stream
/// @param dMlp number of neurons in one block
/// @param vocabulary rows of the embedding matrix
/// @param context largest number of positions the checkpoint was made for
public record Dimensions(int layers, int dModel, int dMlp, int vocabulary, int context) {

  private static final int MOST_LAYERS = 10_000;

  /// Checks that every size is positive and that a list of the layers fits into memory.
  ///
  /// @throws ConfigException if a size is not positive, or there are more than ten thousand layers
  public Dimensions {
    requirePositive("layers", layers);
    requirePositive("d_model", dModel);
    requirePositive("d_mlp", dMlp);
    requirePositive("vocabulary", vocabulary);
    requirePositive("context", context);
    if (layers > MOST_LAYERS) {
      throw new ConfigException(
          "architecture: expected at most %d layers, got %d".formatted(MOST_LAYERS, layers));
    }
  }

  static void requirePositive(String name, int value) {
    if (value <= 0) {
      throw new ConfigException(
          "architecture: expected %s to be positive, got %d".formatted(name, value));
    }
  }
}
