package io.lexiscope.analysis.ffn;

/// What is counted apart from the events of a report.
///
/// @param oneToken prompts of one token, which are in no figure
/// @param sinks prompts whose last position is an attention sink, which are in no figure
/// @param published elimination events of the examples as the paper counts them: also where the
///   token at the position ceases to read as itself
public record EventsApart(int oneToken, int sinks, int published) {}
