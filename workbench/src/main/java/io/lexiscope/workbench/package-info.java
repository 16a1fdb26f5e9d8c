/// The use cases: takes request records, opens the models they name, and gives result records.
///
/// ```
///  request ──► Workbench ──► UseCase(request, work) ──► result
///                 │              ├── ModelShelf: open models, least recently used closed first
///                 └── Jobs       └── model, analysis
/// ```
///
/// Command line, server and tests come in by [Workbench] only; no tensor, path of a model folder or
/// native object leaves it.
///
/// Memory: the workbench owns the open models; a model in use is never closed. Threads: free to
/// share. Start with [Workbench#answer].
@NullMarked
package io.lexiscope.workbench;

import org.jspecify.annotations.NullMarked;
