package io.lexiscope.tensor;

import io.lexiscope.tensor.internal.kernel.Kernels;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.global.torch;

/// What computations of this process go through: libtorch, which is loaded once when something
/// needs it, and the kernels. Answers questions about both.
public final class NativeRuntime {
  /// `off`, `on` or `always`; how a test or a measurement says what [#useKernels] says.
  private static final String KERNELS_PROPERTY = "lexiscope.kernels";

  private static final Kernels KERNELS = new Kernels();

  /// Threads that one operation may use; libtorch's own number is 1 while [SmallWork] runs.
  private static final AtomicInteger THREADS =
      new AtomicInteger(Runtime.getRuntime().availableProcessors());

  static {
    switch (System.getProperty(KERNELS_PROPERTY, "on")) {
      case "off" -> KERNELS.use(Kernels.Mode.OFF);
      case "always" -> KERNELS.use(Kernels.Mode.ALWAYS);
      default -> KERNELS.use(Kernels.Mode.AUTO);
    }
  }

  private NativeRuntime() {}

  static Kernels kernels() {
    return KERNELS;
  }

  /// Whether the kernels are wanted, and this Java was started without what they need.
  static boolean kernelsOutOfReach() {
    return KERNELS.mode() != Kernels.Mode.OFF && !Kernels.reachable();
  }

  /// Whether products of inference may go through the kernels, for the whole process. They do once
  /// they are warm, see [Kernels].
  public static void useKernels(boolean wanted) {
    KERNELS.use(wanted ? Kernels.Mode.AUTO : Kernels.Mode.OFF);
  }

  /// What the products of inference go through now; loads nothing.
  public static KernelState kernelState() {
    if (KERNELS.mode() == Kernels.Mode.OFF) {
      return KernelState.OFF;
    }
    if (KERNELS.unusable()) {
      return KernelState.UNAVAILABLE;
    }
    return KERNELS.inUse() ? KernelState.IN_USE : KernelState.WAITING;
  }

  /// Warms the kernels up and waits for it; for measurements, and for servers whose first answer is
  /// not to be slow.
  ///
  /// @return whether they are in use from now on
  public static boolean warmUpKernels() {
    return KERNELS.mode() != Kernels.Mode.OFF && KERNELS.warmUp();
  }

  /// Begins to load the native libraries and to warm up what a first reading of a model needs, on
  /// threads of their own: for a process that is sure to read one, as early as it knows. What needs
  /// them waits for them, and finds out if they cannot be loaded.
  ///
  /// @param kernels whether they are to be warmed up
  public static void prepare(boolean kernels) {
    Thread loading = new Thread(Libtorch::tryToLoad, "lexiscope-native-libraries");
    loading.setDaemon(true);
    loading.start();
    if (kernels) {
      KERNELS.prepare();
    }
  }

  /// Makes sure the native libraries are loaded. The first call of a process takes about half a
  /// second.
  ///
  /// @throws TensorException if there are none for this platform
  public static void load() {
    Libtorch.load();
  }

  /// Sets the number of threads one operation may use, for the whole process.
  ///
  /// @throws TensorException if `threads` is less than 1
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new TensorException("threads: expected 1 or more, got " + threads);
    }
    THREADS.set(threads);
    load();
    torch.set_num_threads(threads);
  }

  /// Number of threads one operation may use.
  public static int threads() {
    return THREADS.get();
  }

  /// Version of libtorch, such as `2.10.0`.
  public static String version() {
    load();
    try (BytePointer config = torch.show_config()) {
      Matcher matcher = Pattern.compile("TORCH_VERSION=([0-9.]+)").matcher(config.getString());
      return matcher.find() ? matcher.group(1) : "unknown";
    }
  }

  /// Whether the native libraries at hand were built for CUDA, with a GPU or without.
  public static boolean cudaBuilt() {
    load();
    try (BytePointer config = torch.show_config()) {
      return config.getString().contains("USE_CUDA=1");
    }
  }

  /// Whether the native libraries at hand can compute on a CUDA device.
  public static boolean cudaAvailable() {
    load();
    return torch.cuda_is_available();
  }
}
