/// The verbs `train`, `new` and `evaluate`: a model trained by a recipe, one with random weights,
/// and the quality of one on its task.
///
/// ```
///  TrainRequest, NewRequest ──► train ──► folder
///  EvaluateRequest ──► task of the model's recipe ──► Estimate…
/// ```
///
/// Memory: the trainer frees its own; the shelf owns opened models. Threads: free to share. Start
/// with [TrainUseCase].
@NullMarked
package io.lexiscope.workbench.train;

import org.jspecify.annotations.NullMarked;
