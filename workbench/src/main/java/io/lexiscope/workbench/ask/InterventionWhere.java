package io.lexiscope.workbench.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an intervention applies; everything given must hold together.
///
/// Positions count from 0 over prompt and continuation, negatives from the end of the prompt. Step
/// 0 is the position where the first generated token is chosen, the last of the prompt; step `s` is
/// that of generated token `s − 1`.
///
/// @param from first position
/// @param to last position, inclusive
/// @param part only the prompt, or only what is generated
/// @param steps only the positions of these generation steps, from 0
/// @param fromStep first generation step
/// @param toStep last generation step, inclusive
public record InterventionWhere(
    @Nullable Integer from,
    @Nullable Integer to,
    @Nullable InterventionPart part,
    @Nullable List<Integer> steps,
    @Nullable Integer fromStep,
    @Nullable Integer toStep) {
  /// Copies the list.
  public InterventionWhere {
    steps = steps == null ? null : List.copyOf(steps);
  }
}
