/// The front door: a model's name in, an opened model out.
///
/// ```
///  "microworld" ──► PackedModels (class path ──► cache folder, once) ──┐
///  folder, "org/name" ─────────────────────────────► ModelFinder ◄─────┘──► LanguageModel
/// ```
///
/// Memory: whoever opens a model closes it. Threads: free to share; two processes may unpack the
/// same model at once. Start with [io.lexiscope.library.Lexiscope#open].
@NullMarked
package io.lexiscope.library;

import org.jspecify.annotations.NullMarked;
