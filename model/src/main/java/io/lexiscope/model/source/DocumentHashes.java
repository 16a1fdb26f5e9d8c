package io.lexiscope.model.source;

import org.jspecify.annotations.Nullable;

/// SHA-256 of what a model says of itself, in hexadecimal digits.
///
/// @param config of the configuration
/// @param tokenizer of the tokenizer's documents, or null where there are none
public record DocumentHashes(String config, @Nullable String tokenizer) {}
