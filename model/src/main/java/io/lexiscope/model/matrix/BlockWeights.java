package io.lexiscope.model.matrix;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The weights of one block.
///
/// @param norms the norms around its two sublayers
/// @param attention the attention
/// @param mlp the feed-forward part
/// @param <T> what stands for a weight
public record BlockWeights<T>(Norms<T> norms, AttentionWeights<T> attention, MlpWeights<T> mlp) {

  /// The norms of a block, by the names that [io.lexiscope.model.config.Wiring] uses.
  ///
  /// @param ln1 n1: of the attention
  /// @param ln2 n2: of the feed-forward part, or null where there is one norm for both
  /// @param ln1Post n1': after the attention, or null where the wiring has no such
  /// @param ln2Post n2': after the feed-forward part, or null where the wiring has no such
  /// @param <T> what stands for a weight
  public record Norms<T>(
      NormWeights<T> ln1,
      @Nullable NormWeights<T> ln2,
      @Nullable NormWeights<T> ln1Post,
      @Nullable NormWeights<T> ln2Post) {
    <U> Norms<U> map(Function<? super T, ? extends U> f) {
      return new Norms<>(
          ln1.map(f),
          NormWeights.mapIfPresent(ln2, f),
          NormWeights.mapIfPresent(ln1Post, f),
          NormWeights.mapIfPresent(ln2Post, f));
    }
  }

  <U> BlockWeights<U> map(Function<? super T, ? extends U> f) {
    return new BlockWeights<>(norms.map(f), attention.map(f), mlp.map(f));
  }

  BlockWeights<T> mapLinears(UnaryOperator<Linear<T>> f) {
    return new BlockWeights<>(norms, attention.mapLinears(f), mlp.mapLinears(f));
  }
}
