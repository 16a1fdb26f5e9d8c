/// The verb `invert`: which inputs share an activation, and what they have in common.
///
/// ```
///  InvertRequest ──► InvertUseCase ─► InvertInputs (where to look) ─► analysis.inversion ──► InvertResult ──► InvertCsv: samples.csv
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [InvertUseCase].
@NullMarked
package io.lexiscope.workbench.invert;

import org.jspecify.annotations.NullMarked;
