package io.lexiscope.analysis.separation;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Two groups of inputs, every second of each teaching and the others testing.
///
/// @param first at least [#LEAST]
/// @param second at least as many
public record InputGroups(List<TokenIds> first, List<TokenIds> second) {
  /// Fewest inputs of a group.
  public static final int LEAST = 4;

  /// Copies the lists.
  ///
  /// @throws SeparationException if a group has too few inputs or an input has no token
  public InputGroups {
    first = List.copyOf(first);
    second = List.copyOf(second);
    int least = Math.min(first.size(), second.size());
    if (least < LEAST
        || Stream.concat(first.stream(), second.stream()).anyMatch(TokenIds::isEmpty)) {
      throw new SeparationException(
          "separate: expected two groups of %d inputs or more, none empty, got %d and %d; give more"
              .formatted(LEAST, first.size(), second.size()));
    }
  }

  /// All inputs, the first group's before the second's.
  List<TokenIds> all() {
    List<TokenIds> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /// Whether an input of [#all] is of the first group.
  boolean isFirst(int input) {
    return input < first.size();
  }

  /// Whether an input of [#all] tests; the others teach.
  boolean tests(int input) {
    return (isFirst(input) ? input : input - first.size()) % 2 == 1;
  }

  /// Whether all inputs have one length; otherwise positions count from the end.
  public boolean aligned() {
    return all().stream().mapToInt(TokenIds::size).distinct().count() == 1;
  }

  /// Positions that all inputs have.
  int shared() {
    return all().stream().mapToInt(TokenIds::size).min().orElseThrow();
  }

  /// What testing inputs there are of a group.
  List<Integer> testing(boolean ofFirst) {
    return IntStream.range(0, first.size() + second.size())
        .filter(i -> isFirst(i) == ofFirst && tests(i))
        .boxed()
        .toList();
  }
}
