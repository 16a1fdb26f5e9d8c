package io.lexiscope.model.matrix;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The weights of a norm.
///
/// @param weight factor of each dimension (RMS norms with unit offset: its distance from 1)
/// @param bias what is added to each dimension, or null (RMS norms)
/// @param <T> what stands for a weight
public record NormWeights<T>(T weight, @Nullable T bias) {
  <U> NormWeights<U> map(Function<? super T, ? extends U> f) {
    return new NormWeights<>(f.apply(weight), bias == null ? null : f.apply(bias));
  }

  static <T, U> @Nullable NormWeights<U> mapIfPresent(
      @Nullable NormWeights<T> norm, Function<? super T, ? extends U> f) {
    return norm == null ? null : norm.map(f);
  }
}
