/// The verb `diff`: how two models of one shape differ, in words.
///
/// ```
///  DiffRequest ──► DiffUseCase ──► ModelDifference ──► DiffResult ──► JSON, factors.csv
/// ```
///
/// Memory: both models, and a matrix of each at a time. Threads: as a use case's. Start with
/// [DiffUseCase].
@NullMarked
package io.lexiscope.workbench.diff;

import org.jspecify.annotations.NullMarked;
