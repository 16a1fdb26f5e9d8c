package io.lexiscope.tensor;

import io.lexiscope.tensor.internal.kernel.Attention;
import io.lexiscope.tensor.internal.kernel.KernelGroup;
import io.lexiscope.tensor.internal.kernel.Kernels;
import io.lexiscope.tensor.internal.kernel.Keys;
import io.lexiscope.tensor.internal.kernel.Matrix;
import io.lexiscope.tensor.internal.kernel.Products;
import io.lexiscope.tensor.internal.kernel.RowWork;
import io.lexiscope.tensor.internal.kernel.Strided;
import io.lexiscope.tensor.option.NonLinearity;
import io.lexiscope.tensor.option.Sight;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.GradMode;
import org.jspecify.annotations.Nullable;

/// What of a pass goes through the kernels beside the products: norms, non-linearities and
/// attention, in float32 on the processor, where no gradient is recorded and no mixed precision is
/// in force. Null means that libtorch is to do it.
final class InferenceRows {
  private InferenceRows() {}

  static @Nullable Tensor activation(NonLinearity function, Tensor x) {
    Products products = products(KernelGroup.MANY_ROWS);
    if (products == null || !plain(x)) {
      return null;
    }
    Tensor y = Tensors.empty(x.shape());
    products
        .rowWork()
        .apply(
            function,
            x.plainAddress(),
            x.shape().elements(),
            y.plainAddress(),
            NativeRuntime.threads());
    return y;
  }

  static @Nullable Tensor layerNorm(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
    Products products = products(KernelGroup.MANY_ROWS);
    if (products == null || !normed(x) || !plainOrNull(weight) || !plainOrNull(bias)) {
      return null;
    }
    Tensor y = Tensors.empty(x.shape());
    products
        .rowWork()
        .layerNorm(
            rows(x),
            address(weight),
            address(bias),
            epsilon,
            y.plainAddress(),
            NativeRuntime.threads());
    return y;
  }

  static @Nullable Tensor rmsNorm(Tensor x, @Nullable Tensor weight, double epsilon) {
    Products products = products(KernelGroup.MANY_ROWS);
    if (products == null || !normed(x) || !plainOrNull(weight)) {
      return null;
    }
    Tensor y = Tensors.empty(x.shape());
    products
        .rowWork()
        .rmsNorm(rows(x), address(weight), epsilon, y.plainAddress(), NativeRuntime.threads());
    return y;
  }

  /// @param q [batch, query_pos, head, d_head]
  /// @param k [batch, key_pos, kv_head, d_head]
  /// @param v likewise
  static @Nullable Tensor attention(Tensor q, Tensor k, Tensor v, Sight sight) {
    Products products = products(KernelGroup.ofQueries(q.size(1)));
    if (products == null || !vectors(q) || !vectors(k) || !vectors(v)) {
      return null;
    }
    Keys keys = new Keys(strided(k), strided(v), Math.toIntExact(k.size(1)), /* pages= */ null);
    return attention(products, q, keys, Math.toIntExact(k.size(2)), sight);
  }

  static Tensor attention(Products products, Tensor q, Keys keys, int kvHeads, Sight sight) {
    Attention.Heads heads =
        new Attention.Heads(
            Math.toIntExact(q.size(0)),
            Math.toIntExact(q.size(2)),
            kvHeads,
            Math.toIntExact(q.size(3)));
    Tensor z = Tensors.empty(q.shape());
    products
        .attention()
        .mix(
            strided(q),
            Math.toIntExact(q.size(1)),
            keys,
            heads,
            sight,
            z.plainAddress(),
            NativeRuntime.threads());
    return z;
  }

  /// Σ e^(l−m), by the kernels where they are in use.
  static double mass(float[] logits, float max) {
    Products products = products(KernelGroup.FEW_ROWS);
    if (products != null) {
      return products.rowWork().mass(logits, max);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    return sum;
  }

  /// The kernels, or null where libtorch is to do it.
  static @Nullable Products products(KernelGroup group) {
    Kernels kernels = NativeRuntime.kernels();
    return MixedPrecision.active() ? null : kernels.ready(group).orElse(null);
  }

  private static boolean plain(Tensor x) {
    return x.dtype() == DType.FLOAT32
        && x.plainAddress() != 0
        && x.shape().elements() > 0
        && !(GradMode.is_enabled() && x.requiresGrad());
  }

  private static boolean plainOrNull(@Nullable Tensor x) {
    return x == null || plain(x);
  }

  private static boolean normed(Tensor x) {
    return plain(x) && RowWork.norms(Math.toIntExact(x.size(-1)));
  }

  /// Whether the elements of each [d_head] lie side by side.
  static boolean vectors(Tensor x) {
    return x.dtype() == DType.FLOAT32
        && x.shape().elements() > 0
        && x.device() == Device.CPU
        && x.handle("attention").stride(3) == 1
        && !(GradMode.is_enabled() && x.requiresGrad());
  }

  static Strided strided(Tensor x) {
    var handle = x.handle("attention");
    try (Pointer data = handle.data_ptr()) {
      return new Strided(
          data.address(), 4 * handle.stride(0), 4 * handle.stride(1), 4 * handle.stride(2));
    }
  }

  private static Matrix rows(Tensor x) {
    long columns = x.size(-1);
    return Matrix.floats(
        x.plainAddress(),
        Math.toIntExact(x.shape().elements() / columns),
        Math.toIntExact(columns));
  }

  private static long address(@Nullable Tensor x) {
    return x == null ? 0 : x.plainAddress();
  }
}
