package io.lexiscope.model.tokenizer;

/// One token of an encoded text.
///
/// @param id its id in the vocabulary
/// @param text what it reads as ([Tokenizer#display]): the leading space kept, broken UTF-8 as
///   `<0xE2>`
/// @param start first UTF-16 index of the text it covers; several tokens that share one character
///   all cover it
/// @param end one past its last UTF-16 index; equal to `start` for a token the tokenizer added
/// @param added whether the tokenizer put it there (a beginning-of-text token), rather than the
///   text
public record Token(int id, String text, int start, int end, boolean added) {}
