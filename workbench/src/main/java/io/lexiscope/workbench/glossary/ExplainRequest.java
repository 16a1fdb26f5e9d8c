package io.lexiscope.workbench.glossary;

import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks what a term means.
///
/// @param term the term or another word for it, in small letters or large, one or many; all terms
///   when absent
public record ExplainRequest(@Nullable String term) implements Request<ExplainResult> {}
