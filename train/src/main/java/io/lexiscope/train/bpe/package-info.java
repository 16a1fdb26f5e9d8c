/// Makes the tokenizers of the models we train, as standard `tokenizer.json` documents.
///
/// ```
///  documents ──► WordCounts ──► MergeLearner ──► merges ─┐
///  required words ──────────► Merges#require (chains) ───┼─► TokenizerJson ──► verified, word by word
///  256 bytes, special tokens ────────────────────────────┘
///  characters ──► CharTokenizerJson ─────────────────────► TokenizerJson
/// ```
///
/// Memory: plain Java objects only; a trained tokenizer is loaded once to verify it and closed
/// again. Threads: everything is confined to the caller's thread; results are immutable. Start with
/// [BpeTrainer#train].
@NullMarked
package io.lexiscope.train.bpe;

import org.jspecify.annotations.NullMarked;
