package io.lexiscope.model.config;

/// The sizes of a transformer.
///
/// @param layers number of blocks
/// @param dModel width of the residual stream
/// @param dMlp number of neurons in one block
/// @param vocabulary rows of the embedding matrix
/// @param context largest number of positions the checkpoint was made for
public record Dimensions(int layers, int dModel, int dMlp, int vocabulary, int context) {

  /// Checks that every size is positive.
  ///
  /// @throws ConfigException if a size is not positive
  public Dimensions {
    requirePositive("layers", layers);
    requirePositive("d_model", dModel);
    requirePositive("d_mlp", dMlp);
    requirePositive("vocabulary", vocabulary);
    requirePositive("context", context);
  }

  static void requirePositive(String name, int value) {
    if (value <= 0) {
      throw new ConfigException(
          "architecture: expected %s to be positive, got %d".formatted(name, value));
    }
  }
}
