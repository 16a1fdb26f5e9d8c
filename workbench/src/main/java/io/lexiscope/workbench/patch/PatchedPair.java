package io.lexiscope.workbench.patch;

import org.jspecify.annotations.Nullable;

/// Two prompts that differ in what is asked about.
///
/// @param clean the prompt with the answer sought
/// @param corrupt the other
/// @param target the word that the clean prompt is to say, with its leading space, or `#` and a
///   token id; what the model says to it when absent
/// @param against the word that the corrupt prompt is to say; what the model says to it when absent
public record PatchedPair(
    String clean, String corrupt, @Nullable String target, @Nullable String against) {}
