/// What feed-forward parts do to leading words over many prompts, and the groups of value vectors
/// behind it (Geva et al. 2022, §5), as one report.
///
/// ```
///  texts ──► PrefixSample ──► prompts ─┐
///  EventPlan ──────────────────────────┴──► CorpusEvents: EventStatistics ──► EventReport
///                                                │
///                                                └──► GroupSearch: ValueClustering ──► FunctionalGroups
///                                                       GroupKnockout ──► FunctionalGroupsView
/// ```
///
/// Memory: one pass at a time, and per prompt some hundred bytes a layer; the search for groups
/// holds a clustering of all value vectors. Threads: a report runs on the thread that asks and may
/// be cancelled between passes by its [io.lexiscope.model.forward.Turn]; results are plain records.
/// Start with [io.lexiscope.analysis.events.CorpusEvents].
@NullMarked
package io.lexiscope.analysis.events;

import org.jspecify.annotations.NullMarked;
