/// Names every place inside a transformer, and lets a caller record or change what is there.
///
/// ```
///  forward pass ──► value at a hook point ──► ActiveHooks ──► (changed) value goes on
///                                                 │
///                        Recording asks (places, positions), Activations keeps
/// ```
///
/// Memory: recorded tensors move to the scope that is current when the pass ends. Threads: names
/// and recordings are immutable; hooks of one pass are confined to its thread. Start with
/// [io.lexiscope.model.hook.HookPoint].
@NullMarked
package io.lexiscope.model.hook;

import org.jspecify.annotations.NullMarked;
