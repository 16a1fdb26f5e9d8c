/// The verb `activations`: what hook points hold, in a safetensors file.
///
/// ```
///  ActivationsRequest ──► ActivationsUseCase ──► analysis.activations ──► file ──► ActivationsResult (TensorShape…)
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [ActivationsUseCase].
@NullMarked
package io.lexiscope.workbench.activations;

import org.jspecify.annotations.NullMarked;
