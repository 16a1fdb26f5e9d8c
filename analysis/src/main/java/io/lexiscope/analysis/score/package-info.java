/// Takes the loss of texts of any length, in windows.
///
/// ```
///  TokenIds ──► windows ──► run each ──► −log p(next token), a number for each token but the first
/// ```
///
/// Memory: one window's residual stream and a block of its logits at a time; results are plain
/// numbers. Threads: a scorer may be shared. Start with [io.lexiscope.analysis.score.TextScorer].
@NullMarked
package io.lexiscope.analysis.score;

import org.jspecify.annotations.NullMarked;
