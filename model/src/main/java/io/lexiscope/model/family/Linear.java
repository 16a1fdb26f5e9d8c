package io.lexiscope.model.family;

import io.lexiscope.tensor.WeightLayout;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A linear map.
///
/// @param weight the matrix
/// @param bias the vector added, or null
/// @param layout which axis of the matrix is the output
/// @param <T> what stands for a weight: a slot, a stored tensor, a tensor
public record Linear<T>(T weight, @Nullable T bias, WeightLayout layout) {
  <U> Linear<U> map(Function<? super T, ? extends U> f) {
    return new Linear<>(f.apply(weight), bias == null ? null : f.apply(bias), layout);
  }
}
