package io.lexiscope.model.reading;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Words of directions that a part of a block listens for: which token, as it is embedded and seen
/// through the part's norm, agrees with them most.
public final class KeyWords {
  private KeyWords() {}

  /// What reads the stream.
  public enum Part {
    /// Queries, keys and values.
    ATTENTION,
    /// Gate and neurons.
    MLP
  }

  /// What reads the stream, in which layer.
  public record Place(int layer, Part part) {}

  /// Reads rows.
  ///
  /// @param keys the network's reader against the token embedding
  /// @param part what reads the stream
  /// @param directions [rows, d_model], what the part's input is multiplied with; not modified
  /// @return a reading for each row
  public static List<VectorReading> read(
      Transformer transformer,
      VectorReader keys,
      Place part,
      Tensor directions,
      ReadingRequest request) {
    return TensorScope.tidy(
        () -> {
          AffineNorm norm = before(transformer, part);
          Tensor seen = norm == null ? directions : norm.centred(directions.mul(norm.gain()));
          Linear<Tensor> widen = transformer.weights().embedding().projectIn();
          Tensor read =
              widen == null
                  ? seen
                  : seen.matmul(Linears.rowsAreInputs(widen).transpose(0, 1)).contiguous();
          return keys.read(
              new Projected(
                  read,
                  keys.unembedding().linear(),
                  Space.PLAIN,
                  /* stream= */ false,
                  Projected.sizes(seen)),
              request);
        });
  }

  /// The norm that a part reads the stream through; null where it reads the stream itself.
  private static @Nullable AffineNorm before(Transformer transformer, Place place) {
    Architecture architecture = transformer.architecture();
    BlockWeights.Norms<Tensor> norms = transformer.weights().blocks().get(place.layer()).norms();
    @Nullable NormWeights<Tensor> weights =
        switch (architecture.block().wiring()) {
          case PRE_NORM, SANDWICH, PARALLEL_TWO_NORMS ->
              place.part() == Part.MLP ? norms.ln2() : norms.ln1();
          case PARALLEL_ONE_NORM -> norms.ln1();
          case OUTPUT_NORM, POST_NORM -> null;
        };
    return weights == null ? null : new AffineNorm(architecture.block().norm(), weights);
  }
}
