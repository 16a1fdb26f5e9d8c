package io.lexiscope.train.task;

/// One held-out question.
///
/// @param prompt what the model reads
/// @param expected what it should produce: tokens, a word, or the decimal value, as the set's
///   [Scoring] says
public record Question(String prompt, String expected) {}
