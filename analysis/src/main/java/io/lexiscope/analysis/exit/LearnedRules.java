package io.lexiscope.analysis.exit;

import java.util.Comparator;
import java.util.List;

/// Rules learned from the same examples.
///
/// @param rules by name
/// @param chosen name of the one that saves most on the examples thresholds were tuned on, reading
///   costs deducted, among those that keep the agreement there; of the one that agrees most where
///   none does
public record LearnedRules(List<Named> rules, String chosen) {
  /// Copies the list.
  public LearnedRules {
    rules = List.copyOf(rules);
  }

  /// A rule.
  ///
  /// @param name what it is called
  /// @param rule the rule
  /// @param tuned what it gives on the examples thresholds were tuned on
  /// @param gain layers it saves on average there, less what its looking at words costs
  public record Named(String name, LearnedRule rule, ExitScore tuned, double gain) {}

  static LearnedRules choosing(List<Named> rules, double agreement) {
    Named best =
        rules.stream()
            .filter(named -> named.tuned().keeps(agreement))
            .max(Comparator.comparingDouble(Named::gain))
            .or(() -> rules.stream().max(Comparator.comparingDouble(n -> n.tuned().agreement())))
            .orElseThrow();
    return new LearnedRules(rules, best.name());
  }

  /// The rule of a name.
  ///
  /// @throws ExitException if there is none
  public LearnedRule named(String name) {
    return rules.stream()
        .filter(named -> named.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ExitException(
                    "exit: expected one of the rules %s, got %s"
                        .formatted(rules.stream().map(Named::name).toList(), name)))
        .rule();
  }
}
