package io.lexiscope.workbench.exit;

import io.lexiscope.analysis.exit.ExitMemory;
import io.lexiscope.analysis.exit.ExitProbes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule for early exit as `exit -o` writes it and `generate --early-exit` reads it. One of the
/// last three is there.
///
/// @param version of the form: 1
/// @param model the model it was learned on
/// @param weightHash SHA-256 of that model's weights and of what is laid over them, hexadecimal
/// @param rule name of the rule
/// @param confidence probability of the likeliest token from which on a token leaves, after each
///   layer but the last; above 1 where it is not read
/// @param probes logistic regressions on the stream
/// @param subUpdates examples to compare the clusters of dominant sub-updates with
public record ExitRuleFile(
    int version,
    String model,
    String weightHash,
    String rule,
    @Nullable List<Double> confidence,
    @Nullable ExitProbes probes,
    @Nullable ExitMemory subUpdates) {
  /// The only version there is.
  public static final int VERSION = 1;

  /// Copies the list.
  public ExitRuleFile {
    confidence = confidence == null ? null : List.copyOf(confidence);
  }
}
