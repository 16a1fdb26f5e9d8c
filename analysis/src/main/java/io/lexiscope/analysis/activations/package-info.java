/// Writes what a pass computes into a file that other programs read.
///
/// ```
///  TokenIds ──► run, recording the places asked for ──► ActivationFile ──► safetensors: place by name, input_ids, logits
/// ```
///
/// Memory: one pass with the places asked for; results are plain records. Threads: stateless. Start
/// with [io.lexiscope.analysis.activations.ActivationFile].
@NullMarked
package io.lexiscope.analysis.activations;

import org.jspecify.annotations.NullMarked;
