/// The verb `events`: what feed-forward parts do to leading words over a corpus.
///
/// ```
///  EventsRequest ──► EventsUseCase ──► analysis.events over many prompts ──► EventsResult
///                                                                            └── EventsCsv: layers.csv
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [EventsUseCase].
@NullMarked
package io.lexiscope.workbench.events;

import org.jspecify.annotations.NullMarked;
