/// Activation patching: what one run computed, put into another, cell by cell.
///
/// ```
///  PromptPair ─► TokenAlignment ─┐
///  PatchPlan ────────────────────┴─► PatchReport.measure ─► PatchSweep (rows that join) ─► PatchGrid
///                                                             ▲
///  Variant (any interventions) ───────────────────────────────┘
/// ```
///
/// Memory: a sweep holds the residual stream of the rows under way, at most
/// [PatchSweep#MOST_TOKENS] positions in all, and their keys and values; results are plain numbers.
/// Threads: everything is confined to the call. Start with [PatchReport].
@NullMarked
package io.lexiscope.analysis.patching;

import org.jspecify.annotations.NullMarked;
