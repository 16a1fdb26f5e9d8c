package io.lexiscope.index;

import io.lexiscope.model.tokenizer.TokenIds;

/// A text on which firing rates are measured.
///
/// @param name what people call it
/// @param tokens the text
public record Corpus(String name, TokenIds tokens) {}
