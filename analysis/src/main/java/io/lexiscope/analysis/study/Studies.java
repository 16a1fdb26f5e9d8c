package io.lexiscope.analysis.study;

import java.util.List;
import java.util.stream.Collectors;

/// The studies that can be repeated.
public final class Studies {
  private Studies() {}

  /// All of them.
  public static List<Study> all() {
    return List.of(
        new FfnConcepts(), new InversionStudy(), new ValueTracingStudy(), new FlowGraphStudy());
  }

  /// The study of a name.
  ///
  /// @throws StudyException if there is none
  public static Study named(String name) {
    return all().stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new StudyException(
                    "reproduce: expected one of the studies %s, got %s"
                        .formatted(
                            all().stream().map(Study::name).collect(Collectors.joining(", ")),
                            name)));
  }
}
