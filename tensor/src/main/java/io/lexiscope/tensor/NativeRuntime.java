package io.lexiscope.tensor;

import io.lexiscope.tensor.kernel.Kernels;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.global.torch;

/// Loads libtorch once, quietly, with the settings the library needs, and answers questions about
/// it.
///
/// The three properties are read by the binding while its classes load and have no other interface:
/// without them the binding counts mapped weights against a heap-sized limit and stalls in
/// `System.gc()`, frees native memory behind our back, and picks OpenBLAS, which takes 2 to 7 times
/// as long as MKL on x86-64.
public final class NativeRuntime {
  /// `off`, `on` or `always`; how a test or a measurement says what [#useKernels] says.
  private static final String KERNELS_PROPERTY = "lexiscope.kernels";

  private static final Kernels KERNELS = new Kernels();

  /// Threads that one operation may use; libtorch's own number is 1 while [SmallWork] runs.
  private static final AtomicInteger THREADS =
      new AtomicInteger(Runtime.getRuntime().availableProcessors());

  static {
    setIfAbsent("org.bytedeco.javacpp.nopointergc", "true");
    setIfAbsent("org.bytedeco.javacpp.maxBytes", "0");
    setIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    if (System.getProperty("os.arch", "").equals("amd64")) {
      setIfAbsent("org.bytedeco.openblas.load", "mkl");
    }
    try {
      // Touching the class loads the native libraries.
      torch.set_num_threads(THREADS.get());
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError missing) {
      throw new TensorException(
          "libtorch: expected native libraries for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ", got: "
              + missing.getMessage(),
          missing);
    }
  }

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

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /// Makes sure the native libraries are loaded. The first call of a process takes about half a
  /// second.
  ///
  /// @throws TensorException if there are none for this platform
  public static void load() {
    // The static initialiser does the work.
  }

  /// Sets the number of threads one operation may use, for the whole process.
  ///
  /// @throws TensorException if `threads` is less than 1
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new TensorException("threads: expected 1 or more, got " + threads);
    }
    THREADS.set(threads);
    torch.set_num_threads(threads);
  }

  /// Number of threads one operation may use.
  public static int threads() {
    return THREADS.get();
  }

  /// Version of libtorch, such as `2.10.0`.
  public static String version() {
    try (BytePointer config = torch.show_config()) {
      Matcher matcher = Pattern.compile("TORCH_VERSION=([0-9.]+)").matcher(config.getString());
      return matcher.find() ? matcher.group(1) : "unknown";
    }
  }

  /// Whether the native libraries at hand were built for CUDA, with a GPU or without.
  public static boolean cudaBuilt() {
    try (BytePointer config = torch.show_config()) {
      return config.getString().contains("USE_CUDA=1");
    }
  }

  /// Whether the native libraries at hand can compute on a CUDA device.
  public static boolean cudaAvailable() {
    return torch.cuda_is_available();
  }
}
