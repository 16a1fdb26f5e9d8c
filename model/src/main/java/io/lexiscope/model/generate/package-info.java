/// Continues prompts, one token at a time, with keys and values kept.
///
/// ```
///  TokenIds ──► Generator(model) ──► step: forward one token ──► logits ──► TokenChooser ──► next id ──► Generation
/// ```
///
/// Memory: the cache lives for one call; results are plain records. Threads: a generator may be
/// shared; each call is confined to its thread. Start with
/// [io.lexiscope.model.generate.Generator#generate].
@NullMarked
package io.lexiscope.model.generate;

import org.jspecify.annotations.NullMarked;
