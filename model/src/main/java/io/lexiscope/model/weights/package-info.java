/// Opens the weight files of a checkpoint: names to typed, shaped slices of mapped memory, without
/// reading or copying a weight.
///
/// ```
///  model.safetensors ─────────────► Safetensors ─┐
///  model.safetensors.index.json ─┬► Safetensors ─┼─► Checkpoint ─► StoredTensor (name, type, shape, memory)
///                                └► Safetensors ─┘
///  StoredTensor … ─► SafetensorsWriter ─► file.safetensors (whole, or not at all)
/// ```
///
/// Memory: mapped memory belongs to the [Arena][java.lang.foreign.Arena] given at opening, or to
/// the [Checkpoint], and ends with it. Threads: everything may be shared once opened. Start with
/// [Checkpoint#open].
@NullMarked
package io.lexiscope.model.weights;

import org.jspecify.annotations.NullMarked;
