/// Turns the words of a lexicon down by setting coefficients of value vectors, and measures what it
/// does to continuations and what it costs (Geva et al. 2022, §6.1).
///
/// ```
///  prompts ──► Continuations ──► texts ──► Lexicon · BagOfWordsScorer ──► Estimate, Bootstrap
///                   └──► LexiconPull ──► NeuronEffects ──► the vectors to set
///  texts   ──► TextLoss ──► perplexity     words ──► WordPromotion ──► the vectors to set
///  vectors ──► RandomNeurons, the control
/// ```
///
/// Memory: passes of at most 64 prompts; [LexiconPull] holds one backward pass over 32 texts;
/// results are plain numbers. Threads: every type is immutable. Start with [LexiconPull].
@NullMarked
package io.lexiscope.analysis.detox;

import org.jspecify.annotations.NullMarked;
