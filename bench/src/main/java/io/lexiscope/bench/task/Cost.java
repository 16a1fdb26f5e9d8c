package io.lexiscope.bench.task;

import com.fasterxml.jackson.annotation.JsonValue;
import io.lexiscope.bench.measure.Peaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a task cannot do without: phases one after the other, each bound by memory or by
/// arithmetic, whichever takes longer.
///
/// @param phases in any order
/// @see <a href="https://doi.org/10.1145/1498765.1498785">Williams et al. 2009, the roofline</a>
public record Cost(List<Phase> phases) {
  /// Copies the list.
  public Cost {
    phases = List.copyOf(phases);
  }

  /// Work during which memory is read and numbers are multiplied.
  ///
  /// @param bytes that have to be read, as they are in no cache
  /// @param operations multiplications and additions
  /// @param times how often
  public record Phase(double bytes, double operations, long times) {
    double leastSeconds(Peaks peaks) {
      return times
          * Math.max(bytes / peaks.bytesPerSecond(), operations / peaks.operationsPerSecond());
    }
  }

  /// What bounds most of a task.
  public enum Bound {
    /// Reading memory.
    MEMORY,
    /// Multiplying.
    ARITHMETIC;

    /// As it is written.
    @JsonValue
    public String written() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One phase.
  public static Cost of(double bytes, double operations) {
    return new Cost(List.of(new Phase(bytes, operations, /* times= */ 1)));
  }

  /// This and then something else, several times.
  public Cost then(double bytes, double operations, long times) {
    List<Phase> more = new ArrayList<>(phases);
    more.add(new Phase(bytes, operations, times));
    return new Cost(more);
  }

  /// The time that a machine of these peaks would need, if it did nothing else.
  public double leastSeconds(Peaks peaks) {
    return phases.stream().mapToDouble(phase -> phase.leastSeconds(peaks)).sum();
  }

  /// What most of that time goes to.
  public Bound bound(Peaks peaks) {
    double memory =
        phases.stream()
            .filter(
                phase ->
                    phase.bytes / peaks.bytesPerSecond()
                        > phase.operations / peaks.operationsPerSecond())
            .mapToDouble(phase -> phase.leastSeconds(peaks))
            .sum();
    return memory > leastSeconds(peaks) / 2 ? Bound.MEMORY : Bound.ARITHMETIC;
  }
}
