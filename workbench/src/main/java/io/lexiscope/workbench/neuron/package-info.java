/// The verb `neuron`: what one neuron listens for, what it writes, and where it fires.
///
/// ```
///  NeuronRequest ──► NeuronUseCase ─┬─► key, value in the vocabulary ──► NeuronKeyView, NeuronValueView
///                                   └─► texts that make it fire ───────► TriggerView, FiringView
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [NeuronUseCase].
@NullMarked
package io.lexiscope.workbench.neuron;

import org.jspecify.annotations.NullMarked;
