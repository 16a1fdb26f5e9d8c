package io.lexiscope.tensor;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/// Loads libtorch once, quietly, with the settings the library needs.
///
/// The three properties are read by the binding while its classes load and have no other interface:
/// without them the binding counts mapped weights against a heap-sized limit and stalls in
/// `System.gc()`, frees native memory behind our back, and picks OpenBLAS, which takes 2 to 7 times
/// as long as MKL on x86-64.
final class Libtorch {
  /// File in which the places of the native libraries are remembered; none where it is not set.
  private static final String RECORD_PROPERTY = "lexiscope.natives";

  static {
    setIfAbsent("org.bytedeco.javacpp.nopointergc", "true");
    setIfAbsent("org.bytedeco.javacpp.maxBytes", "0");
    setIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    JavaRuntime.current(NativeRuntime.kernelsOutOfReach()).log();
    if (System.getProperty("os.arch", "").equals("amd64")) {
      setIfAbsent("org.bytedeco.openblas.load", "mkl");
    }
    try {
      loadLibraries();
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError missing) {
      throw new TensorException(
          "libtorch: expected native libraries for "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ", got: "
              + missing.getMessage()
              + "; put the artifact lexiscope-natives-… of this platform on the class path, and see that"
              + " its libraries can be unpacked below .javacpp in the home folder",
          missing);
    }
  }

  private Libtorch() {}

  static void load() {
    // The static initialiser does the work.
  }

  /// Loads it ahead of those who need it; where that fails, they are told.
  static void tryToLoad() {
    try {
      load();
    } catch (LinkageError failed) {
      assert failed.getMessage() != null || failed.getCause() != null;
    }
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  /// By the record of an earlier process where there is one, else by the binding's search.
  private static void loadLibraries() {
    String named = System.getProperty(RECORD_PROPERTY, "");
    Optional<Path> record = named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named));
    if (record.flatMap(NativeLibraries::read).filter(Libtorch::loaded).isPresent()) {
      return;
    }
    // Touching the class loads the native libraries.
    torch.set_num_threads(NativeRuntime.threads());
    if (record.isPresent() && System.getProperty("os.name", "").equals("Linux")) {
      boolean written =
          NativeLibraries.among(Loader.getLoadedLibraries())
              .map(found -> found.write(record.get()))
              .orElse(false);
      assert !written || NativeLibraries.read(record.get()).isPresent();
    }
  }

  private static boolean loaded(NativeLibraries known) {
    try {
      known.load();
    } catch (UnsatisfiedLinkError unfit) {
      return false;
    }
    // Each class of the binding would look for its libraries again.
    System.setProperty("org.bytedeco.javacpp.loadlibraries", "false");
    torch.set_num_threads(NativeRuntime.threads());
    return true;
  }
}
