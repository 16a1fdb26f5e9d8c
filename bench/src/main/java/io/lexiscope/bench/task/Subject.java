package io.lexiscope.bench.task;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The model that tasks run on, and what a pass through it needs.
///
/// @param model opened
public record Subject(LanguageModel model) {
  private static final Pattern OF_A_LAYER = Pattern.compile("(?:^|\\.)\\d+\\.");
  private static final int STEP = 7919;
  private static final int START = 13;

  /// A prompt whose ids follow from its length alone, so that others can make the same.
  public TokenIds prompt(int length) {
    int vocabulary = dimensions().vocabulary();
    return TokenIds.of(
        IntStream.range(0, length)
            .map(i -> Math.floorMod(START + (long) i * STEP, vocabulary))
            .toArray());
  }

  Dimensions dimensions() {
    return model.architecture().dimensions();
  }

  /// Elements of the matrices of all layers.
  double layerWeights() {
    return model.parameters().entrySet().stream()
        .filter(entry -> OF_A_LAYER.matcher(entry.getKey()).find())
        .map(java.util.Map.Entry::getValue)
        .filter(weight -> weight.shape().toArray().length == 2)
        .mapToDouble(weight -> weight.shape().elements())
        .sum();
  }

  /// Elements of the unembedding.
  double unembedding() {
    return (double) dimensions().vocabulary() * dimensions().dModel();
  }

  /// Bytes of an element of the weights as a pass reads them.
  double elementBytes() {
    return model.transformer().unembedding().weight().dtype().bytes();
  }

  /// Operations of a pass through the layers without the unembedding: two for every weight and
  /// position, and causal attention.
  double passOperations(int positions) {
    double pairs = positions * (positions + 1.0) / 2;
    return 2 * layerWeights() * positions
        + 4 * pairs * dimensions().dModel() * dimensions().layers();
  }

  /// Operations of reading vectors in the vocabulary.
  double readingOperations(double vectors) {
    return 2 * unembedding() * vectors;
  }

  /// Bytes of the weights that a pass with logits reads once.
  double weightBytes() {
    return (layerWeights() + unembedding()) * elementBytes();
  }

  /// The final norm of vectors, as the unembedding reads them, [rows, d_model].
  Tensor beforeUnembedding(Tensor vectors) {
    var norm = model.transformer().finalNorm();
    return model.transformer().beforeUnembedding(norm == null ? vectors : norm.apply(vectors));
  }
}
