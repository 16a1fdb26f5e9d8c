/// Compares what a model computes here with what a reference implementation wrote down, and with
/// itself.
///
/// ```
///  golden.safetensors ──► Parity(model) ──► forward, greedy, gradients ──► ParityReport: largest difference by name
///       random tokens ──► SelfChecks(model) ──► stream, parts, heads, cache, causality … ──► SelfCheckReport
/// ```
///
/// Memory: everything is freed when the check returns; reports are plain records. Threads: a check
/// is confined to its thread. Start with [io.lexiscope.model.parity.Parity#check] and
/// [io.lexiscope.model.parity.SelfChecks#check].
@NullMarked
package io.lexiscope.model.parity;

import org.jspecify.annotations.NullMarked;
