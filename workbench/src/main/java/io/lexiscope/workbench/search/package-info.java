/// The verbs `search` and `index`: vectors by the words they promote or suppress.
///
/// ```
///  IndexRequest ──► IndexUseCase ──┐
///                                  ├──► IndexShelf ──► index ──► SearchResult (SearchHit…)
///  SearchRequest ─► SearchUseCase ─┘
/// ```
///
/// Memory: the shelf owns the open indexes and closes them with the workbench. Threads: free to
/// share. Start with [SearchUseCase].
@NullMarked
package io.lexiscope.workbench.search;

import org.jspecify.annotations.NullMarked;
