package io.lexiscope.workbench.tokens;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks for the words of the vocabulary that begin with a prefix, to choose a target.
///
/// @param choice the model
/// @param prefix what the token begins with; a leading space counts, and is supplied when nothing
///   matches without it
/// @param limit how many at most, 20 when absent
public record CompleteRequest(
    @JsonUnwrapped ModelChoice choice, String prefix, @Nullable Integer limit)
    implements Request<CompleteResult> {}
