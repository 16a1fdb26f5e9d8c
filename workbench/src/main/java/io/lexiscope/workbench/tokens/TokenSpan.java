package io.lexiscope.workbench.tokens;

import org.jspecify.annotations.Nullable;

/// One token and the part of the text it stands for.
///
/// @param id index into the vocabulary
/// @param text what the token decodes to
/// @param start first character of its part, counted in Unicode code points from 0
/// @param end the character after its part
/// @param unknown whether it is of a word that the model's training did not hold; absent where it
///   did, or where nothing is known of the training
public record TokenSpan(int id, String text, int start, int end, @Nullable Boolean unknown) {}
