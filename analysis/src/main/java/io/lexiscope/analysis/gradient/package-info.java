/// The backward lens: what a gradient would write into the weights, in words.
///
/// ```
///  prompt, target ──► model.gradient.Backward ──► x, δ of every matrix
///                                                  │ FactorGram: norms, ranks, cosines (n × n)
///                                                  │ GradientWords: x, −δ in words
///                                                  │ WeightUpdate: a step as patches ──► measured
///                                                  ▼
///                              GradientReport (GradientCell, MatrixGradientShape, …), plain records
/// ```
///
/// Memory: one backward pass and the readings of its factors at a time; results are plain numbers.
/// Threads: a lens may be shared. Start with [io.lexiscope.analysis.gradient.BackwardLens].
///
/// @see <a href="https://arxiv.org/abs/2402.12865">Katz et al. 2024</a>
@NullMarked
package io.lexiscope.analysis.gradient;

import org.jspecify.annotations.NullMarked;
