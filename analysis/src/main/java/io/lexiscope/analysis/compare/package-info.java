/// Compares the output distributions of two views of a model, such as one without and one with
/// interventions, on the same prompt.
///
/// ```
///  before ──► run ─┐
///                  ├─► logits at a position ──► LogitPair ──► ranks, probabilities, KL, log-odds
///  after  ──► run ─┘
/// ```
///
/// Memory: two passes without recordings; logits of one position at a time; results are plain
/// numbers. Threads: a [LogitPair] is immutable; [PromptComparison] is stateless. Start with
/// [PromptComparison].
@NullMarked
package io.lexiscope.analysis.compare;

import org.jspecify.annotations.NullMarked;
