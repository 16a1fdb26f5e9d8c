/// The one door to the features: takes request records, has the feature of each answer it, and
/// gives result records.
///
/// ```
///  request ──► Workbench ──► Features ──► Feature: a room's use case ──► result
///                  │                          ├── Shelves: open models, indexes; least recently used closed first
///                  └── Jobs                   └── model, analysis
/// ```
///
/// Command line, server and tests come in by [Workbench] only; no tensor, path of a model folder or
/// native object leaves it. A verb is a package here and a line in [Features].
///
/// Memory: the workbench owns the open models; a model in use is never closed. Threads: free to
/// share. Start with [Workbench#answer]; [Features] has a line for each verb.
@NullMarked
package io.lexiscope.workbench;

import org.jspecify.annotations.NullMarked;
