package io.lexiscope.workbench.models;

import org.jspecify.annotations.Nullable;

/// A prompt that shows something on a model.
///
/// @param text the prompt
/// @param target the word to follow
/// @param against the word to compare it with
/// @param title one line on what there is to see
public record ModelExample(
    String text, @Nullable String target, @Nullable String against, @Nullable String title) {}
