package io.lexiscope.workbench.tokens;

/// One token and the part of the text it stands for.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to
/// @param start first character of its part, counted in Unicode code points from 0
/// @param end the character after its part
public record TokenSpan(int id, String text, int start, int end) {}
