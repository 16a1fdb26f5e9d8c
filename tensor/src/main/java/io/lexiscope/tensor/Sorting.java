package io.lexiscope.tensor;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;

/// Operations of libtorch that give elements in order, with their places.
final class Sorting {
  private Sorting() {}

  static TopK topK(Tensor x, int k, int axis, boolean largest) {
    if (k < 1 || k > x.size(axis)) {
      throw new TensorException(
          "topK: expected k from 1 to " + x.size(axis) + ", got " + k + " on " + x);
    }
    try (T_TensorTensor_T pair = x.handle("topK").topk(k, axis, largest, /* sorted= */ true)) {
      return new TopK(
          Tensor.own("topK", () -> new org.bytedeco.pytorch.Tensor(pair.get0())),
          Tensor.own("topK", () -> new org.bytedeco.pytorch.Tensor(pair.get1())));
    }
  }

  static Tensor argmax(Tensor x, int axis) {
    return Tensor.own(
        "argmax",
        () -> {
          try (LongOptional along = new LongOptional(axis)) {
            return x.handle("argmax").argmax(along, /* keepdim= */ false);
          }
        });
  }

  static Tensor argsort(Tensor x, int axis, boolean descending) {
    try (BoolOptional stable = new BoolOptional(true);
        T_TensorTensor_T pair = x.handle("argsort").sort(stable, axis, descending)) {
      return Tensor.own("argsort", () -> new org.bytedeco.pytorch.Tensor(pair.get1()));
    }
  }
}
