/// The verb `gradients`: the backward lens.
///
/// ```
///  GradientsRequest ──► GradientsUseCase ──► analysis.gradient ──► GradientsResult (GradientCell, …)
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [GradientsUseCase].
@NullMarked
package io.lexiscope.workbench.gradients;

import org.jspecify.annotations.NullMarked;
