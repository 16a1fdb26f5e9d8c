/// Turns a checkpoint's `config.json` into an [Architecture]: plain data that says everything about
/// a network but its weights.
///
/// ```
///  config.json ──► ConfigJson ──► family ──► Architecture
///                                             ├─ Dimensions
///                                             ├─ Embedding ── Positions (none | learned | rotary), Norm
///                                             ├─ Block ────── Wiring, Norm, Attention, Mlp
///                                             └─ Output ───── Norm, Head (language | encoder)
/// ```
///
/// Memory: no native memory here. Threads: every type is immutable and may be shared. Start with
/// [Architecture].
@NullMarked
package io.lexiscope.model.config;

import org.jspecify.annotations.NullMarked;
