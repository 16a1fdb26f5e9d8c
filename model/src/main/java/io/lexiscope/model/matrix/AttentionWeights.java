package io.lexiscope.model.matrix;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The weights of attention.
///
/// @param qkv projections to queries, keys and values
/// @param out projection of all heads' results, \[heads · d_head\] to \[d_model\]
/// @param qNorm norm of queries, or null
/// @param kNorm norm of keys, or null
/// @param <T> what stands for a weight
public record AttentionWeights<T>(
    Qkv<T> qkv, Linear<T> out, @Nullable NormWeights<T> qNorm, @Nullable NormWeights<T> kNorm) {

  /// How queries, keys and values are projected.
  ///
  /// @param <T> what stands for a weight
  public sealed interface Qkv<T> {
    /// Converts every weight.
    ///
    /// @param f conversion
    /// @param <U> what stands for a weight afterwards
    <U> Qkv<U> map(Function<? super T, ? extends U> f);

    /// Replaces every map.
    Qkv<T> mapLinears(UnaryOperator<Linear<T>> f);
  }

  /// A matrix for each.
  ///
  /// @param q to queries, [heads · d_head]
  /// @param k to keys, [kv heads · d_head]
  /// @param v to values, [kv heads · d_head]
  /// @param <T> what stands for a weight
  public record Separate<T>(Linear<T> q, Linear<T> k, Linear<T> v) implements Qkv<T> {
    @Override
    public <U> Separate<U> map(Function<? super T, ? extends U> f) {
      return new Separate<>(q.map(f), k.map(f), v.map(f));
    }

    @Override
    public Separate<T> mapLinears(UnaryOperator<Linear<T>> f) {
      return new Separate<>(f.apply(q), f.apply(k), f.apply(v));
    }
  }

  /// One matrix for all three.
  ///
  /// @param qkv to [(heads + 2 · kv heads) · d_head]
  /// @param order how the three share the output axis
  /// @param <T> what stands for a weight
  public record Fused<T>(Linear<T> qkv, FusedOrder order) implements Qkv<T> {
    @Override
    public <U> Fused<U> map(Function<? super T, ? extends U> f) {
      return new Fused<>(qkv.map(f), order);
    }

    @Override
    public Fused<T> mapLinears(UnaryOperator<Linear<T>> f) {
      return new Fused<>(f.apply(qkv), order);
    }
  }

  <U> AttentionWeights<U> map(Function<? super T, ? extends U> f) {
    return new AttentionWeights<>(
        qkv.map(f),
        out.map(f),
        NormWeights.mapIfPresent(qNorm, f),
        NormWeights.mapIfPresent(kNorm, f));
  }

  AttentionWeights<T> mapLinears(UnaryOperator<Linear<T>> f) {
    return new AttentionWeights<>(qkv.mapLinears(f), f.apply(out), qNorm, kNorm);
  }
}
