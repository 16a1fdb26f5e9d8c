package io.lexiscope.index;

/// A word and a vector's score for it.
///
/// @param id in the vocabulary
/// @param score `e_w·v`
public record ScoredWord(int id, float score) {}
