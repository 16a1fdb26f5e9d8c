package io.lexiscope.bench;

import io.lexiscope.bench.measure.Machine;
import io.lexiscope.bench.measure.Peaks;
import java.util.List;

/// What a benchmark found.
///
/// @param tasks in the order they were timed
/// @param failures tasks whose result was wrong or that could not be done; none when all is well
/// @param machine what they ran on, and the best it did in this run
/// @param setup what ran and how it computed
/// @param versions of what computed
public record BenchResult(
    List<TaskResult> tasks,
    List<Failure> failures,
    MachineView machine,
    Setup setup,
    Versions versions) {
  /// Copies the lists.
  public BenchResult {
    tasks = List.copyOf(tasks);
    failures = List.copyOf(failures);
  }

  /// A task without figures.
  ///
  /// @param name of the task
  /// @param message what was wrong
  public record Failure(String name, String message) {}

  /// The machine.
  ///
  /// @param processor its name
  /// @param processors how many there are for this process
  /// @param memoryBytes size of the memory
  /// @param system the operating system
  /// @param peaks the best of this run
  public record MachineView(
      String processor, int processors, long memoryBytes, String system, Peaks peaks) {
    static MachineView of(Machine machine, Peaks peaks) {
      return new MachineView(
          machine.processor(),
          machine.processors(),
          machine.memoryBytes(),
          machine.system(),
          peaks);
    }
  }

  /// What ran and how it computed.
  ///
  /// @param model what the tasks ran on
  /// @param threads that one operation may use
  /// @param kernels `on` when products went through the kernels in Java, else `off`
  public record Setup(String model, int threads, String kernels) {}

  /// What computed.
  ///
  /// @param lexiscope version of the code
  /// @param jvm version of the Java runtime
  /// @param libtorch version of libtorch
  public record Versions(String lexiscope, String jvm, String libtorch) {}
}
