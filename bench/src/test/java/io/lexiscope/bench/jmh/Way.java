package io.lexiscope.bench.jmh;

import io.lexiscope.tensor.NativeRuntime;

/// What products go through.
public enum Way {
  /// The kernels in Java, warm.
  KERNELS,
  /// libtorch.
  LIBTORCH;

  /// Takes this way from now on.
  void take() {
    NativeRuntime.useKernels(this == KERNELS);
    if (this == KERNELS && !NativeRuntime.warmUpKernels()) {
      throw new IllegalStateException("jmh: expected warm kernels, got none on this Java");
    }
  }

  /// Fails unless both are the same up to the order of summation.
  static void requireEqual(float[] ours, float[] theirs) {
    double scale = 1;
    double worst = 0;
    for (int i = 0; i < theirs.length; i++) {
      scale = Math.max(scale, Math.abs(theirs[i]));
      double apart = Math.abs((double) ours[i] - theirs[i]);
      worst = apart <= worst ? worst : apart;
    }
    if (ours.length != theirs.length || !(worst <= 1e-4 * scale)) {
      throw new IllegalStateException("jmh: expected equal results, got them " + worst + " apart");
    }
  }
}
