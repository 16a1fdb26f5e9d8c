package io.lexiscope.workbench.diff;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks how two models of one shape differ.
///
/// @param choice the first model, and the patches that are laid over the second
/// @param other the second model; the first with the patches when absent
/// @param factors of each matrix; 3 when absent
/// @param leading of the whole model; 5 when absent
/// @param top words of each side of a factor; 10 when absent
/// @param seed of the random differences of the control; 0 when absent
public record DiffRequest(
    @JsonUnwrapped ModelChoice choice,
    @Nullable String other,
    @Nullable Integer factors,
    @Nullable Integer leading,
    @Nullable Integer top,
    @Nullable Long seed)
    implements Request<DiffResult> {}
