/// Lets a caller record or change what is at the places inside a transformer.
///
/// ```
///  forward pass ──► value at a hook point ──► ActiveHooks ──► (changed) value goes on
///                                                 │
///                        Recording asks (places, positions), Activations keeps
/// ```
///
/// Memory: recorded tensors move to the scope that is current when the pass ends. Threads:
/// recordings are immutable; hooks of one pass are confined to its thread. Start with
/// [io.lexiscope.model.hook.Recording].
@NullMarked
package io.lexiscope.model.hook;

import org.jspecify.annotations.NullMarked;
