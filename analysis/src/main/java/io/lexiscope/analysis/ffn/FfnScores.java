package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.Unembedding;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Scores vectors for a word, or for one word minus another.
///
/// @param lens how vectors become logits
/// @param scale the divisor of the norm, [1, 1], or null where there is none
/// @param words one id, or two of which the second is subtracted
/// @param baseline what the score of one word stands above
record FfnScores(
    LensProjection lens, @Nullable Tensor scale, List<Integer> words, Baseline baseline) {

  /// What each neuron adds, in logits.
  ///
  /// @param post coefficients, [d_mlp]
  /// @param divisor of the norm after the FFN
  double[] ofNeurons(ValueVectors values, Tensor post, double divisor) {
    if (lens.isLinear()) {
      float[] perUnit =
          TensorScope.tidy(
              () ->
                  values
                      .rows()
                      .matmul(values.back(direction()).reshape(-1, 1))
                      .div(divisor)
                      .reshape(-1)
                      .toFloats());
      float[] coefficients = post.toFloats();
      double[] scores = new double[perUnit.length];
      Arrays.setAll(scores, i -> (double) coefficients[i] * perUnit[i]);
      return scores;
    }
    return TensorScope.tidy(
        () -> read(values.all().mul(post.unsqueeze(1)).div(divisor), /* component= */ true));
  }

  /// The word's logit of a stream, before any soft cap; biases, the same for every stream, are left
  /// out under a linear convention.
  double of(double[] stream) {
    return one(stream, /* component= */ false);
  }

  /// The word's logit of what is added to a stream.
  double ofComponent(double[] vector) {
    return one(vector, /* component= */ true);
  }

  private double one(double[] vector, boolean component) {
    if (lens.isLinear()) {
      float[] direction = TensorScope.tidy(() -> direction().toFloats());
      double score = 0;
      for (int i = 0; i < vector.length; i++) {
        score += vector[i] * direction[i];
      }
      return score;
    }
    float[] floats = new float[vector.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) vector[i];
    }
    return TensorScope.tidy(
        () -> read(Tensors.of(floats, Shape.of(1, floats.length)), component)[0]);
  }

  /// The direction whose product with a vector is its score, [d_model].
  private Tensor direction() {
    return TensorScope.tidy(
        () -> {
          Tensor rows = lens.directions(words, baseline);
          Tensor difference =
              words.size() == 1 ? rows.select(0, 0) : rows.select(0, 0).sub(rows.select(0, 1));
          Tensor divisor = scale;
          return divisor == null ? difference.add(0) : difference.div(divisor.item());
        });
  }

  /// Logits of the words for each row, all biases included, without the soft cap.
  private double[] read(Tensor vectors, boolean component) {
    Tensor projected = lens.project(vectors, scale, component);
    Unembedding whole = lens.unembeddingOf(component);
    Tensor ids = Tensors.ofLongs(words.stream().mapToLong(Integer::longValue).toArray());
    Tensor bias = whole.bias();
    Unembedding few =
        new Unembedding(
            whole.weight().indexSelect(0, ids).to(DType.FLOAT32),
            bias == null ? null : bias.indexSelect(0, ids),
            OptionalDouble.empty());
    float[] logits = few.logits(projected).toFloats();
    double[] scores = new double[logits.length / words.size()];
    double[] means = means(projected, whole);
    Arrays.setAll(
        scores,
        row ->
            words.size() == 1
                ? logits[row] - means[row]
                : (double) logits[2 * row] - logits[2 * row + 1]);
    return scores;
  }

  /// What the baseline gets, for each row.
  private double[] means(Tensor projected, Unembedding map) {
    CentredUnembedding centred = lens.reader().unembedding();
    return switch (baseline) {
      case NONE -> new double[Math.toIntExact(projected.size(0))];
      case MEAN -> {
        double bias = map.bias() == null ? 0 : centred.meanBias();
        yield Arrays.stream(centred.means(projected)).map(mean -> mean + bias).toArray();
      }
    };
  }
}
