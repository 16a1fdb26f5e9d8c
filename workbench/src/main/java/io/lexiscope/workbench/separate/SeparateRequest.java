package io.lexiscope.workbench.separate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks where two groups of inputs part.
///
/// @param choice the model
/// @param a a file with the inputs of the first group, one a line; not together with `first`
/// @param b the same of the second; not together with `second`
/// @param first the inputs of the first group themselves
/// @param second those of the second
/// @param top how many places to list; 30 when absent
/// @param swaps how many of the best places to swap; 12 when absent
/// @param interventions changes to every forward pass
public record SeparateRequest(
    @JsonUnwrapped ModelChoice choice,
    @NamesFile(FileUse.DATA) @Nullable String a,
    @NamesFile(FileUse.DATA) @Nullable String b,
    @Nullable List<String> first,
    @Nullable List<String> second,
    @Nullable Integer top,
    @Nullable Integer swaps,
    @Nullable List<InterventionSpec> interventions)
    implements Request<SeparateResult> {
  /// Copies the lists.
  public SeparateRequest {
    first = first == null ? null : List.copyOf(first);
    second = second == null ? null : List.copyOf(second);
    interventions = interventions == null ? null : List.copyOf(interventions);
  }
}
