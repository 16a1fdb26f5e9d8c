package io.lexiscope.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Matrix products in half the bits: on processors with bfloat16 instructions several times as fast
/// as in float32.
public final class MixedPrecision {
  static {
    NativeRuntime.load();
  }

  private MixedPrecision() {}

  /// Runs the body with the operands of matrix products rounded to bfloat16 and their sums kept in
  /// float32, on this thread. Attention stays in float32, whose fused kernel is the faster one.
  /// Results of products are bfloat16; adding one to a float32 tensor gives float32. Gradients of
  /// what is recorded are computed alike.
  ///
  /// @see <a href="https://arxiv.org/abs/1905.12322">Kalamkar et al. 2019</a>
  public static <T extends @Nullable Object> T bfloat16(Supplier<T> body) {
    boolean before = torch.is_autocast_enabled(torch.DeviceType.CPU);
    boolean cached = torch.is_autocast_cache_enabled();
    torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
    torch.set_autocast_cache_enabled(false);
    torch.set_autocast_enabled(torch.DeviceType.CPU, true);
    try {
      return body.get();
    } finally {
      torch.set_autocast_enabled(torch.DeviceType.CPU, before);
      torch.set_autocast_cache_enabled(cached);
    }
  }

  static boolean active() {
    return torch.is_autocast_enabled(torch.DeviceType.CPU);
  }

  /// Runs the body in the precision of its operands, inside [#bfloat16].
  static <T> T suspended(Supplier<T> body) {
    torch.set_autocast_enabled(torch.DeviceType.CPU, false);
    try {
      return body.get();
    } finally {
      torch.set_autocast_enabled(torch.DeviceType.CPU, true);
    }
  }
}
