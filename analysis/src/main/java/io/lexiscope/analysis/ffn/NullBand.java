package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;

/// How far random vectors reach in the vocabulary: the logits that a value vector has to pass
/// before its words mean anything.
///
/// The random vectors are normal with the mean and the standard deviation of the entries of a
/// layer's value vectors, brought to length 1; under a linear convention the band of a vector is
/// this one times its length. A further random vector of the same kind passes `top` with
/// probability 1/(vectors + 1).
///
/// @param vectors how many random vectors were read
/// @param top the largest logit that any of them reached
/// @param bottom the smallest
/// @param linear whether the band grows with the length of the vector
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §4.1 and App. A.1</a>, for the
///   random vectors
public record NullBand(int vectors, double top, double bottom, boolean linear) {

  /// Which random vectors.
  ///
  /// @param layer whose value vectors they are like, from 0
  /// @param vectors how many to read
  /// @param seed of the random numbers; layers draw different vectors of the same seed
  public record Draw(int layer, int vectors, long seed) {}

  /// The band of a layer.
  ///
  /// @param baseline what the logits stand above
  /// @throws FfnException if there is no such layer, or fewer than one vector is asked for
  public static NullBand of(
      LanguageModel model, LensConvention convention, Baseline baseline, Draw draw) {
    int vectors = draw.vectors();
    if (vectors < 1) {
      throw new FfnException("null band: expected at least 1 random vector, got " + vectors);
    }
    LensProjection lens = LensProjection.of(model, convention);
    return TensorScope.tidy(
        () -> {
          Tensor random = matched(model, draw.layer(), vectors, draw.seed());
          Tensor unit = random.div(random.norm(-1, /* keepAxis= */ true));
          List<VectorReading> read =
              lens.reader()
                  .read(
                      lens.projected(unit, /* scale= */ null, /* component= */ true),
                      ReadingRequest.words(1, 1, baseline));
          return new NullBand(
              vectors,
              read.stream().mapToDouble(one -> one.top().getFirst().logit()).max().orElseThrow(),
              read.stream().mapToDouble(one -> one.bottom().getFirst().logit()).min().orElseThrow(),
              lens.isLinear());
        });
  }

  /// Random vectors like the value vectors of a layer, [vectors, d_model], in the innermost scope.
  ///
  /// @param seed the same seed and layer give the same vectors
  static Tensor matched(LanguageModel model, int layer, int vectors, long seed) {
    return TensorScope.tidy(
        () -> {
          Tensor all = ValueVectors.of(model, layer).all();
          double mean = all.mean().item();
          double square = all.mul(all).mean().item();
          double deviation = Math.sqrt(Math.max(0, square - mean * mean));
          try (RandomSource random = RandomSource.seeded(seed * 1_000_003 + layer)) {
            return random.normal(Shape.of(vectors, all.size(1)), mean, deviation);
          }
        });
  }

  /// The largest logit that chance gives a vector.
  ///
  /// @param length the vector's Euclidean length, divided by the norm's scale where one is frozen
  public double topFor(double length) {
    return linear ? top * length : top;
  }

  /// The smallest logit that chance gives a vector.
  ///
  /// @param length the vector's Euclidean length, divided by the norm's scale where one is frozen
  public double bottomFor(double length) {
    return linear ? bottom * length : bottom;
  }
}
