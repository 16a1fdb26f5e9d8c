package io.lexiscope.train.task;

/// An example for an encoder with a regression head read at position 0.
///
/// @param text the whole example, starting with `[CLS]`
/// @param tokens its tokens, without padding
/// @param target the scaled value to be regressed, see [ExpressionEncoderTask#targetScale]
public record RegressionExample(String text, TokenRow tokens, double target) implements Example {}
