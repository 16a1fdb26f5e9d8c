/// Reads the vectors of a run in the words of the model's vocabulary: the logit lens for every hook
/// point, every head and every neuron.
///
/// ```
///  Run ──► LensSelection ──► vectors ──► LensConvention (norm) ──► VocabularyReadout ──► LensReading
///                            [rows, d_model], at most a thousand rows at a time            plain records
/// ```
///
/// Memory: everything native is freed when a call returns; readings are plain records that outlive
/// run and model. Threads: a lens is immutable and may be shared; a run is read from any thread
/// while it is open. Start with [io.lexiscope.analysis.lens.LogitLens#afterFinalNorm].
@NullMarked
package io.lexiscope.analysis.lens;

import org.jspecify.annotations.NullMarked;
