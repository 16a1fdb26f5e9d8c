package io.lexiscope.analysis.lens;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.OutputWeights;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.Unembedding;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Takes vectors to what the unembedding reads, by one convention.
///
/// @param convention how
/// @param transformer the network
/// @param finalNorm the norm; null under the raw convention
public record LensProjection(
    LensConvention convention, Transformer transformer, @Nullable FinalNorm finalNorm) {

  /// The projection of a model.
  ///
  /// @throws LensException if the model has no unembedding, or lacks what the convention needs
  public static LensProjection of(LanguageModel model, LensConvention convention) {
    Transformer transformer = model.transformer();
    if (!transformer.hasUnembedding()) {
      throw new LensException(
          "lens: expected a model with an unembedding, got family %s without a language head; only its numbers can be read"
              .formatted(model.architecture().family()));
    }
    boolean masked = transformer.weights().output().head() instanceof OutputWeights.Encoder<Tensor>;
    if (masked && convention == LensConvention.FROZEN_SCALE) {
      throw new LensException(
          "lens: expected a head that is linear after the final norm, got the masked-language head of family %s; use another convention"
              .formatted(model.architecture().family()));
    }
    FinalNorm finalNorm = convention == LensConvention.RAW ? null : FinalNorm.of(model);
    return new LensProjection(convention, transformer, finalNorm);
  }

  /// What a run must have recorded besides the vectors.
  public List<HookName> needs() {
    return convention == LensConvention.FROZEN_SCALE && finalNorm != null
        ? List.of(finalNorm.scale())
        : List.of();
  }

  /// Whether readings of components add up to the reading of their sum.
  public boolean isLinear() {
    return convention != LensConvention.FINAL_NORM;
  }

  /// Whether values at a point are read without biases and soft cap.
  boolean linear(HookPoint point) {
    return switch (convention) {
      case FINAL_NORM -> false;
      case RAW, FROZEN_SCALE -> !isStream(point);
    };
  }

  private static boolean isStream(HookPoint point) {
    return switch (point) {
      case RESID_PRE, RESID_MID, RESID_POST, LN1_NORMALIZED, LN2_NORMALIZED, FINAL_NORMALIZED ->
          true;
      default -> false;
    };
  }

  /// The map to logits for values at a point.
  Unembedding unembedding(HookPoint point) {
    return unembeddingOf(linear(point));
  }

  /// The map to logits, after [#project].
  ///
  /// @param component whether what is read is added to a stream; if so, a linear convention leaves
  ///   bias and soft cap out
  public Unembedding unembeddingOf(boolean component) {
    Unembedding whole = transformer.unembedding();
    return component && isLinear()
        ? new Unembedding(whole.weight(), /* bias= */ null, OptionalDouble.empty())
        : whole;
  }

  /// The divisors that a run had at some positions, [rows, 1], in the innermost scope; null where
  /// the convention uses none.
  ///
  /// @param positions INT64 \[rows\]
  public @Nullable Tensor scaleAt(Run run, Tensor positions) {
    return convention == LensConvention.FROZEN_SCALE
        ? TensorScope.tidy(() -> required().scaleOf(run, indices(positions)))
        : null;
  }

  private static List<Integer> indices(Tensor positions) {
    return Arrays.stream(positions.toLongs()).mapToObj(Math::toIntExact).toList();
  }

  /// What the unembedding reads, [rows, width of the unembedding].
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @param positions of the rows, INT64 [rows]
  Tensor apply(Run run, HookPoint point, Tensor vectors, Tensor positions) {
    return TensorScope.tidy(() -> project(vectors, scaleAt(run, positions), linear(point)));
  }

  /// What the unembedding reads, [rows, width of the unembedding].
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @param scale divisor of each row, [rows, 1], from [#scaleAt]; null for 1
  /// @param component whether what is read is added to a stream; if so, a linear convention leaves
  ///   the norm's bias out
  public Tensor project(Tensor vectors, @Nullable Tensor scale, boolean component) {
    return TensorScope.tidy(
        () ->
            switch (convention) {
              case FINAL_NORM -> transformer.beforeUnembedding(required().norm().apply(vectors));
              case RAW -> projectOut(vectors);
              case FROZEN_SCALE -> {
                AffineNorm norm = required().norm();
                Tensor centred = norm.centred(vectors);
                Tensor normalized = scale == null ? centred : centred.div(scale);
                yield projectOut(component ? normalized.mul(norm.gain()) : norm.affine(normalized));
              }
            });
  }

  /// The directions in the residual stream whose product with a vector is the logit of a token
  /// before biases and soft cap, [tokens, d_model]; under the frozen scale for a divisor of 1.
  ///
  /// @param tokens ids in the vocabulary
  /// @throws LensException if the convention is not linear
  public Tensor directions(List<Integer> tokens) {
    if (!isLinear()) {
      throw new LensException(
          "lens: expected a convention that is linear in the vector (raw or frozen scale), got the"
              + " final norm with the vector's own scale");
    }
    return TensorScope.tidy(
        () -> {
          Tensor ids = Tensors.ofLongs(tokens.stream().mapToLong(Integer::longValue).toArray());
          Tensor rows = transformer.unembedding().weight().indexSelect(0, ids).to(DType.FLOAT32);
          Linear<Tensor> out = transformer.weights().output().projectOut();
          Tensor wide =
              out == null ? rows : rows.matmul(Linears.rowsAreInputs(out).transpose(0, 1));
          if (convention == LensConvention.RAW) {
            return wide.add(0);
          }
          AffineNorm norm = required().norm();
          // Centring is symmetric, so it may act on the direction.
          return norm.centred(wide.mul(norm.gain()));
        });
  }

  private FinalNorm required() {
    return java.util.Objects.requireNonNull(finalNorm, "the convention norms");
  }

  private Tensor projectOut(Tensor vectors) {
    Linear<Tensor> projection = transformer.weights().output().projectOut();
    return projection == null ? vectors : Linears.apply(projection, vectors);
  }
}
