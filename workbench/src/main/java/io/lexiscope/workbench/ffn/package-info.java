/// The verb `ffn`: which neuron pushed which word, layer by layer.
///
/// ```
///  FfnRequest ──► FfnUseCase ──► analysis.ffn ──► FfnViews ──► FfnResult (FfnLayerView, SubUpdateView, FfnEventView)
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [FfnUseCase].
@NullMarked
package io.lexiscope.workbench.ffn;

import org.jspecify.annotations.NullMarked;
