/// A fine-tune in words: how two models of one shape differ, factor by factor.
///
/// ```
///  LanguageModel ─┐
///                 ├─► ModelDifference.of ─► DifferenceReport: matrices, leading factors, control
///  LanguageModel ─┘
/// ```
///
/// Memory: two matrices and the decomposition of their difference at a time. Threads: everything is
/// confined to the call. Start with [ModelDifference].
@NullMarked
package io.lexiscope.analysis.diff;

import org.jspecify.annotations.NullMarked;
