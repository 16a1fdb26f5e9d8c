/// Says which neuron pushed which word: the feed-forward part of a layer as a sum of sub-updates
/// m·v, each with a signed score for a word, and the events in which words rise and fall.
///
/// ```
///  Run ──► before ──(+ m₁v₁ + m₂v₂ + … + bias)──► after      FfnSubUpdates ──► FfnAccount
///                   └─ score of each for a word ─┘            FfnTracer ──► FfnTrace ──► events
///  W_out ──► value vectors ──► words at both ends, null band, overlap of lenses   ValueReader
/// ```
///
/// Memory: everything native is freed when a call returns; results are plain records that outlive
/// run and model. Threads: every type is immutable and may be shared; a run is read from any thread
/// while it is open. Start with [io.lexiscope.analysis.ffn.FfnSubUpdates#of].
@NullMarked
package io.lexiscope.analysis.ffn;

import org.jspecify.annotations.NullMarked;
