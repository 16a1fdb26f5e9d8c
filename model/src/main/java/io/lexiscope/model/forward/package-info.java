/// Runs a transformer of any family from its [io.lexiscope.model.config.Architecture] and weights,
/// and passes every intermediate value through the hooks.
///
/// ```
///  PassStart.Stream (any block) ──┐
///  PassStart: ids ──► Embeddings ─┴► resid_pre ─┬─► ln1 ─► AttentionLayer ─► attn_out ─┐
///                                              └────────────────(+)◄──────────────────┘ = resid_mid
///                             resid_mid ─┬─► ln2 ─► MlpLayer ─► mlp_out ─┐
///                                        └───────────(+)◄────────────────┘ = resid_post
///  last resid_post ──► final norm ──► Unembedding
/// ```
///
/// Memory: every tensor belongs to the innermost scope; a block frees all but its resid_post and
/// what was recorded. Threads: a [io.lexiscope.model.forward.Transformer] is immutable and may be
/// shared; a pass is confined to its thread. Start with
/// [io.lexiscope.model.forward.Transformer#forward].
@NullMarked
package io.lexiscope.model.forward;

import org.jspecify.annotations.NullMarked;
