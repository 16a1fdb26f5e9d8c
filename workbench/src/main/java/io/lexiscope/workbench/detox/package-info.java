/// The verb `detox`: value vectors set to make continuations less toxic, beside random vectors and
/// a word filter.
///
/// ```
///  DetoxRequest ──► DetoxMaterial: its texts, or the microworld's ──► the library's Detox ──► DetoxResult
///                                                                                               └── DetoxDownloads
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: a use case is free to
/// share. Start with [DetoxUseCase].
@NullMarked
package io.lexiscope.workbench.detox;

import org.jspecify.annotations.NullMarked;
