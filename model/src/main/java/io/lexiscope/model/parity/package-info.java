/// Compares what a model computes here with what a reference implementation wrote down.
///
/// ```
///  golden.safetensors ──► Parity(model) ──► forward, greedy, gradients ──► ParityReport: largest difference by name
/// ```
///
/// Memory: everything is freed when the check returns; reports are plain records. Threads: a check
/// is confined to its thread. Start with [io.lexiscope.model.parity.Parity#check].
@NullMarked
package io.lexiscope.model.parity;

import org.jspecify.annotations.NullMarked;
