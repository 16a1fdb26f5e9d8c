/// Says which parts of a model wrote a word: a logit, or the difference of two, as a sum over
/// embeddings, heads, MLPs or neurons, and biases.
///
/// ```
///  W_U[word] ──► through the final norm, backwards ──► direction ──► · each component's output = its logits
///                (scale held at what the run had)        [d_model]
/// ```
///
/// Memory: everything native is freed when a call returns; results are plain records. Threads: an
/// attribution is immutable and may be shared; a run is read from any thread while it is open.
/// Start with [io.lexiscope.analysis.attribution.DirectLogitAttribution#of].
@NullMarked
package io.lexiscope.analysis.attribution;

import org.jspecify.annotations.NullMarked;
