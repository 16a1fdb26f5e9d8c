/// The verbs `models`, `info`, `pull` and `health`: which models are at hand, what one is, one more
/// from the hub, and whether the workbench is up.
///
/// ```
///  ModelsRequest ──► ModelFinder: configurations, no weights ──► ModelEntry…
///  InfoRequest ────► ModelShelf ──► InfoResult: shape, hook points, provenance
///  PullRequest ────► hub ──► cache ──► PullResult
/// ```
///
/// Memory: listing opens no weights; the shelf owns the models. Threads: free to share. Start with
/// [ModelsUseCase].
@NullMarked
package io.lexiscope.workbench.models;

import org.jspecify.annotations.NullMarked;
