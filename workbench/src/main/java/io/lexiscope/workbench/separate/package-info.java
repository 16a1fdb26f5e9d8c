/// The verb `separate`: where two groups of inputs part.
///
/// ```
///  SeparateRequest ─► SeparateUseCase ─► analysis.separation (Separation) ─► SeparateResult
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [SeparateUseCase].
@NullMarked
package io.lexiscope.workbench.separate;

import org.jspecify.annotations.NullMarked;
