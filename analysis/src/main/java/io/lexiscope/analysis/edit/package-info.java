/// Makes a model say something else by patches of low rank, and tells how far that went.
///
/// ```
///  EditGoal, EditMethod ──► Editor ──► PatchStack ──► EditTrial (before, after)
///     text ──► KeyStatistics ──┘            │
///                                           ├──► EditEvaluation over EditCases ──► CaseResult…
///                                           └──► BlastRadius over a corpus, ranked
/// ```
///
/// Memory: key statistics hold d_mlp² numbers a layer; everything else is a pass at a time and
/// plain records. Threads: an editor may be shared. Start with [io.lexiscope.analysis.edit.Editor].
///
/// @see <a href="https://arxiv.org/abs/2402.12865">Katz et al. 2024, §7</a>
/// @see <a href="https://arxiv.org/abs/2202.05262">Meng et al. 2022</a>, ROME
@NullMarked
package io.lexiscope.analysis.edit;

import org.jspecify.annotations.NullMarked;
