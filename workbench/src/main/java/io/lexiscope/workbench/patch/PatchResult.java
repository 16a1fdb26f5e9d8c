package io.lexiscope.workbench.patch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A patching sweep.
///
/// @param model name of the model as it was asked for
/// @param finding what was found, in a sentence
/// @param metric what of the output was measured
/// @param direction which run was changed, and by what
/// @param normalised whether 0 stands for the corrupt run and 1 for the clean one
/// @param target the word of the clean prompt, of the first pair
/// @param against the word of the corrupt prompt, of the first pair
/// @param baselineClean the metric of clean runs
/// @param baselineCorrupt the metric of corrupt runs
/// @param axes what rows and columns are
/// @param grid [layer, position] or [layer, head]: the metric with this cell patched, its mean over
///   pairs; null where the position stands for none of the other run, and where it is not finite
/// @param low lower ends of the 95 % intervals; absent for a single pair
/// @param high upper ends; absent for a single pair
/// @param pairs how many pairs
/// @param strongest where columns are positions the cell of each layer that moves the changed run
///   furthest towards the other; where they are heads the five that move it furthest
/// @param provenance where the result comes from
/// @param notFinite places whose numbers are not finite; absent when all are
public record PatchResult(
    String model,
    String finding,
    String metric,
    String direction,
    boolean normalised,
    TokenView target,
    TokenView against,
    double baselineClean,
    double baselineCorrupt,
    @JsonUnwrapped PatchAxes axes,
    List<List<@Nullable Double>> grid,
    @Nullable List<List<@Nullable Double>> low,
    @Nullable List<List<@Nullable Double>> high,
    int pairs,
    List<PatchedCell> strongest,
    Provenance provenance,
    @Nullable List<NotFinite> notFinite)
    implements Result {
  @Override
  public String method() {
    return "What one value, set to that of another run, does to the output; values that work only"
        + " together, or stand in for each other, show less than they carry, and prompts that"
        + " differ in more than what is asked about show that too.";
  }
}
