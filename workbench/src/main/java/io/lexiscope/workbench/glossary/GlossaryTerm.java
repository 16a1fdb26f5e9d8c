package io.lexiscope.workbench.glossary;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A term and what it means.
///
/// @param name the term
/// @param meaning what it means, one sentence
/// @param more what else there is to know, a few sentences; code stands between backticks
/// @param also other words for it; absent when there are none
/// @param see terms that belong to it; absent when there are none
public record GlossaryTerm(
    String name,
    String meaning,
    String more,
    @Nullable List<String> also,
    @Nullable List<String> see) {
  /// Copies the lists.
  public GlossaryTerm {
    also = also == null ? null : List.copyOf(also);
    see = see == null ? null : List.copyOf(see);
  }

  /// Other words for it.
  List<String> others() {
    return Optional.ofNullable(also).orElse(List.of());
  }
}
