/// Knows the families: how each writes its `config.json`, and what it calls its weights.
///
/// ```
///  config.json ─► Families ─► Family ─► Architecture
///                               └─────► WeightNames ─┐
///  Checkpoint ───────────────────────────────────────┴─► WeightBinder ─► ModelWeights<StoredTensor>
///  (no checkpoint: WeightPlan ─► ModelWeights<WeightSlot>, the names and shapes to make)
/// ```
///
/// A family is one small file that holds data; nothing else in the project asks which family a
/// model is of.
///
/// Memory: bound weights are slices of the checkpoint's mapping and end with it. Threads: every
/// type is immutable and may be shared. Start with [Families#read].
@NullMarked
package io.lexiscope.model.family;

import org.jspecify.annotations.NullMarked;
