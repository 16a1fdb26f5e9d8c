package io.lexiscope.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.NativeRuntime;

/// Numbers are equal to the bit only where they went through the same kernels, which come into use
/// at their own time.
public final class KernelPaths {
  private KernelPaths() {}

  /// Runs a test with libtorch alone, then with the kernels.
  public static void onEach(Runnable test) {
    for (boolean kernels : new boolean[] {false, true}) {
      NativeRuntime.useKernels(kernels);
      try {
        assertThat(!kernels || NativeRuntime.warmUpKernels()).isTrue();
        test.run();
      } finally {
        NativeRuntime.useKernels(true);
      }
    }
  }
}
