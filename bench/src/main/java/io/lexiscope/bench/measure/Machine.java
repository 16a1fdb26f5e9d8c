package io.lexiscope.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/// What was measured on.
///
/// @param processor its name
/// @param processors how many there are for this process
/// @param memoryBytes size of the memory; 0 where the system does not tell
/// @param system name, version and architecture of the operating system
public record Machine(String processor, int processors, long memoryBytes, String system) {

  /// This one.
  public static Machine here() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    long memory =
        system instanceof com.sun.management.OperatingSystemMXBean more
            ? more.getTotalMemorySize()
            : 0;
    return new Machine(
        processor(system.getArch()),
        system.getAvailableProcessors(),
        memory,
        system.getName() + " " + system.getVersion() + " " + system.getArch());
  }

  private static String processor(String otherwise) {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return otherwise;
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException unreadable) {
      // Only a name is missing then; the architecture stands for it.
      return otherwise;
    }
  }
}
