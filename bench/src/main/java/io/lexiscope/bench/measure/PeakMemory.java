package io.lexiscope.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Resident memory of a process and its high-water mark, as Linux keeps them; other systems are not
/// asked.
///
/// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html">clear_refs: 5
///   resets the mark</a>
public final class PeakMemory {
  private static final Path OWN = Path.of("/proc/self");

  private PeakMemory() {}

  /// What a piece of work adds at most to what this process holds when it starts, bytes; empty
  /// where the system does not tell.
  public static OptionalLong added(Runnable work) {
    boolean told = restart();
    OptionalLong before = read(OWN, "VmRSS");
    work.run();
    OptionalLong peak = read(OWN, "VmHWM");
    return told && before.isPresent() && peak.isPresent()
        ? OptionalLong.of(Math.max(0, peak.getAsLong() - before.getAsLong()))
        : OptionalLong.empty();
  }

  /// The high-water mark of a running process, bytes; empty where it has ended or the system does
  /// not tell.
  public static OptionalLong of(long process) {
    return read(Path.of("/proc", Long.toString(process)), "VmHWM");
  }

  private static boolean restart() {
    Path mark = OWN.resolve("clear_refs");
    if (!Files.isWritable(mark)) {
      return false;
    }
    try {
      Files.writeString(mark, "5");
      return true;
    } catch (IOException refused) {
      // Some sandboxes show the file and refuse to take it; then there is no figure.
      return false;
    }
  }

  private static OptionalLong read(Path process, String key) {
    Path status = process.resolve("status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(key + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException ended) {
      // A process may end between the two calls; it has no memory any more.
      return OptionalLong.empty();
    }
  }
}
