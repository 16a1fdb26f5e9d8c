/// Turns text into token ids and back, and says what every token of the vocabulary looks like.
///
/// ```
///  tokenizer.json ───────────────────────────┐
///  vocab.json + merges.txt ──► ByteLevelJson ─┤
///  vocab.txt (WordPiece) ────► WordPieceJson ─┼─► TokenizerJson ──► Tokenizer ──► Encoding (id, text, start, end)
///  tokenizer.model ──────► SentencePieceJson ─┘                          └────► decode, display, idOf
///  no file at all ───────────────────────────────► AbsentTokenizer (ids only)
/// ```
///
/// Memory: a [Tokenizer] holds native memory (the vocabulary, a few MB) until it is closed; results
/// are plain records. Threads: a [Tokenizer] is immutable and may be shared; closing waits for
/// calls in progress. Start with [Tokenizer#open].
@NullMarked
package io.lexiscope.model.tokenizer;

import org.jspecify.annotations.NullMarked;
