package io.lexiscope.model.matrix;

import java.util.function.Function;

/// A product of two thin matrices that is added to a weight without being formed: `y = x·W +
/// (x·A)·B`.
///
/// @param a A, [d_in, rank]
/// @param b B, [rank, d_out]
/// @param <T> what stands for a weight
public record LowRank<T>(T a, T b) {
  <U> LowRank<U> map(Function<? super T, ? extends U> f) {
    return new LowRank<>(f.apply(a), f.apply(b));
  }
}
