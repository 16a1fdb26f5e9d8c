package io.lexiscope.model.matrix;

import io.lexiscope.tensor.Tensor;

/// Which outputs of a linear map are meant, where several matrices share one: from each of `groups`
/// stretches of `stride` outputs, `size` from `first` on.
///
/// @param groups number of stretches; 1 where the outputs lie side by side
/// @param stride outputs of a stretch
/// @param first of the outputs meant, in each stretch
/// @param size how many, in each stretch
public record Outputs(int groups, int stride, int first, int size) {
  /// All of them.
  public static Outputs all(int count) {
    return new Outputs(1, count, 0, count);
  }

  /// Some that lie side by side.
  public static Outputs range(int count, int first, int size) {
    return new Outputs(1, count, first, size);
  }

  /// How many are meant.
  public int count() {
    return groups * size;
  }

  /// The place among all outputs of one of those meant.
  ///
  /// @param index from 0
  public int place(int index) {
    return index / size * stride + first + index % size;
  }

  /// Those of a value or matrix, in the innermost scope.
  ///
  /// @param whole [..., outputs]
  /// @return [..., count]; a view where they lie side by side
  public Tensor of(Tensor whole) {
    if (groups == 1) {
      return size == stride ? whole : whole.narrow(-1, first, size);
    }
    long[] apart = new long[whole.shape().rank() + 1];
    long[] together = new long[whole.shape().rank()];
    for (int axis = 0; axis < together.length - 1; axis++) {
      apart[axis] = whole.size(axis);
      together[axis] = whole.size(axis);
    }
    apart[together.length - 1] = groups;
    apart[together.length] = stride;
    together[together.length - 1] = count();
    return whole.reshape(apart).narrow(-1, first, size).reshape(together);
  }
}
