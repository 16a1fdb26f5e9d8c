/// Rules by which a token leaves the network early: learned from the clusters of dominant
/// sub-updates (Geva et al. 2022, §6.2), from confidence or from a linear probe, and measured on
/// other examples beside a rule that never leaves and one that knows when to.
///
/// ```
///  prompts ──► ExitTracer ──► ExitTraces ─┬─ learn ──► ExitRules ─► SubUpdateRule, …
///                                         └─ test  ──► ExitScore: agreement, layers saved
///  LearnedRule (an ExitRule of the model) ──► Decoding.leaving ──► GenerationTrial: seconds saved
/// ```
///
/// What the network would say after layer `l` is the stream after block `l` under the model's own
/// final norm.
///
/// Memory: traces hold one stream for each layer and example, all else is small; no tensors.
/// Threads: rules and traces are immutable; a tracer is confined to its thread. Start with
/// [ExitReport], which does it all, or [ExitTracer] and [ExitLearner].
@NullMarked
package io.lexiscope.analysis.exit;

import org.jspecify.annotations.NullMarked;
