/// Where a model keeps the numbers it computes with, and what follows when one is moved.
///
/// ```
///  ExpressionTemplate ─► TracedPrompts ─► ValueTrace (Moments ─► SiteFits) ─► SiteTrace, Verdict
///  a table of one's own ──┘       └─► ValueDirection ─► ValueMove (MovedRuns ─► NumericOutput)
/// ```
///
/// Memory: prompts are streamed; of each place second moments are kept, whose size does not depend
/// on how many prompts there are. Threads: everything is confined to the call; records may be
/// shared. Start with [io.lexiscope.analysis.tracing.ValueTrace].
@NullMarked
package io.lexiscope.analysis.tracing;

import org.jspecify.annotations.NullMarked;
