/// The verb `detox`: value vectors set to make continuations less toxic, beside random vectors and
/// a word filter.
///
/// ```
///  DetoxRequest ──► DetoxSetup ──► DetoxChoice: which vectors, which dose (choosing half)
///                                      └──► DetoxBench: every row on the measuring half ──► DetoxResult
///                                                                                             └── DetoxDownloads
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: a use case is free to
/// share; a setup belongs to one request. Start with [DetoxUseCase].
@NullMarked
package io.lexiscope.workbench.detox;

import org.jspecify.annotations.NullMarked;
