package io.lexiscope.tensor;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What the Java that runs this leaves out or does wrong, with what to start it with instead. The
/// launcher starts it so that nothing is to be said; a program that uses the library may not.
///
/// @param version of the runtime
/// @param kernelsOff whether the kernels are wanted and their vectors cannot be reached
/// @param collectors names of the garbage collectors in use; asked for only where it matters
record JavaRuntime(Runtime.Version version, boolean kernelsOff, Supplier<List<String>> collectors) {
  private static final System.Logger LOGGER = System.getLogger("io.lexiscope");

  static JavaRuntime current(boolean kernelsOff) {
    return new JavaRuntime(
        Runtime.version(),
        kernelsOff,
        () ->
            ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .toList());
  }

  void log() {
    warnings().forEach(line -> LOGGER.log(System.Logger.Level.WARNING, line));
  }

  /// One line each.
  List<String> warnings() {
    var lines = new ArrayList<String>();
    if (kernelsOff) {
      lines.add(
          "kernels: expected Java's vectors, got a Java started without them, so every product goes through libtorch, which takes about twice as long; "
              + "start it with --add-modules jdk.incubator.vector, or, without the warning that this prints, with --add-exports java.base/jdk.internal.module=ALL-UNNAMED");
    }
    if (version.feature() == 25
        && version.interim() == 0
        && version.update() <= 2
        && collectors.get().stream().anyMatch(name -> name.startsWith("G1"))) {
      lines.add(
          "java: expected 25.0.3 or newer, or another collector than G1, got %s with G1, which can corrupt memory that native code works on (JDK-8377811); update it, or start it with -XX:+UseParallelGC"
              .formatted(version));
    }
    return lines;
  }
}
