/// Turns the words of a lexicon down by setting coefficients of value vectors, and measures what it
/// does to continuations and what it costs (Geva et al. 2022, §6.1).
///
/// ```
///  prompts, texts, lexicon ──► DetoxData: a half to choose by, a half to measure with
///  VectorSelection, DetoxDose ──► DetoxPlan
///                    │
///                    ▼
///  Detox ──► DetoxChoice: LexiconPull ──► NeuronEffects, or WordPromotion; the dose
///     └────► DetoxBench: Continuations ──► Lexicon · BagOfWordsScorer ──► Estimate, Bootstrap
///     │                  TextLoss ──► perplexity; RandomNeurons, the control
///     └────► DetoxReport: DetoxRow, DetoxVector, DetoxMethod
/// ```
///
/// A part of an experiment that is finished is written into a journal, after which a broken one
/// goes on.
///
/// Memory: passes of at most 64 prompts; [LexiconPull] holds one backward pass over 32 texts;
/// results are plain numbers. Threads: every public type is immutable; an experiment runs on the
/// thread that asks. Start with [Detox].
@NullMarked
package io.lexiscope.analysis.detox;

import org.jspecify.annotations.NullMarked;
