package io.lexiscope.server;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.Problem;
import org.jspecify.annotations.Nullable;

/// A problem as it is answered: with the id of the request where the server's log says more.
///
/// @param problem what went wrong
/// @param requestId under which the log holds it; absent where it holds nothing
record Failure(@JsonUnwrapped Problem problem, @Nullable String requestId) {}
