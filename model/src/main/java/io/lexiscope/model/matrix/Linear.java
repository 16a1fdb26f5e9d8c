package io.lexiscope.model.matrix;

import io.lexiscope.tensor.WeightLayout;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A linear map.
///
/// @param weight the matrix as it is stored, without what is added
/// @param bias the vector added, or null
/// @param layout which axis of the matrix is the output
/// @param added what an edit adds to the matrix, or null
/// @param <T> what stands for a weight: a slot, a stored tensor, a tensor
public record Linear<T>(
    T weight, @Nullable T bias, WeightLayout layout, @Nullable LowRank<T> added) {
  /// A map as it is stored.
  public Linear(T weight, @Nullable T bias, WeightLayout layout) {
    this(weight, bias, layout, /* added= */ null);
  }

  /// The map with something else added to its matrix.
  public Linear<T> adding(LowRank<T> product) {
    return new Linear<>(weight, bias, layout, product);
  }

  <U> Linear<U> map(Function<? super T, ? extends U> f) {
    return new Linear<>(
        f.apply(weight),
        bias == null ? null : f.apply(bias),
        layout,
        added == null ? null : added.map(f));
  }
}
