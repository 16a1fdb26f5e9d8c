package io.lexiscope.workbench.job;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The newest events of a job that ended, states left out.
///
/// @param events in order
record KeptEvents(List<Kept> events) {
  KeptEvents {
    events = List.copyOf(events);
  }

  /// One of them; the record of its type is there and the other is not.
  record Kept(long sequence, @Nullable Progress progress, @Nullable GeneratedToken token) {
    JobEvent event() {
      return progress != null
          ? new JobEvent(sequence, JobEventType.PROGRESS, progress)
          : new JobEvent(
              sequence, JobEventType.TOKEN, Objects.requireNonNull(token, "one of the two"));
    }
  }

  /// The last of some events.
  static KeptEvents of(List<JobEvent> all, int most) {
    List<Kept> kept =
        all.stream()
            .filter(event -> event.type() != JobEventType.STATE)
            .map(
                event ->
                    new Kept(
                        event.sequence(),
                        event.data() instanceof Progress progress ? progress : null,
                        event.data() instanceof GeneratedToken token ? token : null))
            .toList();
    return new KeptEvents(kept.subList(Math.max(0, kept.size() - most), kept.size()));
  }
}
