package io.lexiscope.model;

import io.lexiscope.tensor.KernelState;
import io.lexiscope.tensor.NativeRuntime;

/// What the computations of this process may use.
public final class Processors {
  /// Threads for each processor beyond which they only wait for each other.
  private static final int MOST_A_PROCESSOR = 8;

  private Processors() {}

  /// How many threads one operation may be given on this machine.
  public static int mostThreads() {
    return MOST_A_PROCESSOR * Math.max(8, Runtime.getRuntime().availableProcessors());
  }

  /// Sets the number of threads one operation may use, for the whole process.
  ///
  /// @throws ModelException if it is less than 1 or more than [#mostThreads]
  public static void use(int threads) {
    if (threads < 1 || threads > mostThreads()) {
      throw new ModelException(
          "threads: expected 1 to %d, got %d".formatted(mostThreads(), threads));
    }
    NativeRuntime.setThreads(threads);
  }

  /// Sets whether products of inference may go through the kernels in Java rather than libtorch,
  /// for the whole process. They come into use once they are warm.
  public static void useKernels(boolean wanted) {
    NativeRuntime.useKernels(wanted);
  }

  /// What products of inference go through at the moment, for provenance: `off`, `unavailable`,
  /// `waiting` (libtorch, until the kernels are warm) or `in use`.
  public static String kernelState() {
    return NativeRuntime.kernelState().toString();
  }

  /// Whether products of inference may go through the kernels in Java.
  public static boolean usesKernels() {
    return NativeRuntime.kernelState() != KernelState.OFF;
  }

  /// Begins to load and warm up what reading a model needs, beside whatever the caller does next:
  /// for a process that is sure to read one, as early as it knows.
  ///
  /// @param kernels whether they are to be warmed up
  public static void prepare(boolean kernels) {
    NativeRuntime.prepare(kernels);
  }

  /// Warms the kernels up and waits for it.
  ///
  /// @return whether they are in use from now on
  public static boolean warmUpKernels() {
    return NativeRuntime.warmUpKernels();
  }
}
