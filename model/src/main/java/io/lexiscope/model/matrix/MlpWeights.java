package io.lexiscope.model.matrix;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The weights of a feed-forward part.
///
/// @param in projection to the neurons
/// @param out projection of the neurons back, \[d_mlp\] to \[d_model\]
/// @param <T> what stands for a weight
public record MlpWeights<T>(In<T> in, Linear<T> out) {

  /// How the neurons are reached.
  ///
  /// @param <T> what stands for a weight
  public sealed interface In<T> {
    /// Converts every weight.
    ///
    /// @param f conversion
    /// @param <U> what stands for a weight afterwards
    <U> In<U> map(Function<? super T, ? extends U> f);

    /// Replaces every map.
    In<T> mapLinears(UnaryOperator<Linear<T>> f);
  }

  /// One matrix, \[d_model\] to \[d_mlp\].
  ///
  /// @param up the matrix
  /// @param <T> what stands for a weight
  public record Plain<T>(Linear<T> up) implements In<T> {
    @Override
    public <U> Plain<U> map(Function<? super T, ? extends U> f) {
      return new Plain<>(up.map(f));
    }

    @Override
    public Plain<T> mapLinears(UnaryOperator<Linear<T>> f) {
      return new Plain<>(f.apply(up));
    }
  }

  /// A gate and a linear branch, each \[d_model\] to \[d_mlp\].
  ///
  /// @param gate the branch that goes through the non-linearity
  /// @param up the branch that is multiplied with it
  /// @param <T> what stands for a weight
  public record Gated<T>(Linear<T> gate, Linear<T> up) implements In<T> {
    @Override
    public <U> Gated<U> map(Function<? super T, ? extends U> f) {
      return new Gated<>(gate.map(f), up.map(f));
    }

    @Override
    public Gated<T> mapLinears(UnaryOperator<Linear<T>> f) {
      return new Gated<>(f.apply(gate), f.apply(up));
    }
  }

  /// Gate and linear branch in one matrix, \[d_model\] to \[2 · d_mlp\]: first all of the gate,
  /// then all of the other (Phi-3).
  ///
  /// @param gateUp the matrix
  /// @param <T> what stands for a weight
  public record FusedGate<T>(Linear<T> gateUp) implements In<T> {
    @Override
    public <U> FusedGate<U> map(Function<? super T, ? extends U> f) {
      return new FusedGate<>(gateUp.map(f));
    }

    @Override
    public FusedGate<T> mapLinears(UnaryOperator<Linear<T>> f) {
      return new FusedGate<>(f.apply(gateUp));
    }
  }

  <U> MlpWeights<U> map(Function<? super T, ? extends U> f) {
    return new MlpWeights<>(in.map(f), out.map(f));
  }

  MlpWeights<T> mapLinears(UnaryOperator<Linear<T>> f) {
    return new MlpWeights<>(in.mapLinears(f), f.apply(out));
  }
}
