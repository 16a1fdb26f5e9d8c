package io.lexiscope.analysis.survey;

/// A word whose probability changes.
///
/// @param id token id
/// @param text what it decodes to
/// @param change probability after less before, mean over prompts
public record WordShift(int id, String text, double change) {}
