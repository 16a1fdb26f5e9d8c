/// Keeps a few models open, and the runs of prompts that were read lately: a name in, a model in
/// use out, and from it runs in use.
///
/// ```
///  "microworld", folder, "org/name" ──► ModelFinder ──► folder ──► ModelShelf ──► OpenModel (closed by its user)
///                          idle ones, least recently used closed first ◄───┘          │ run(tokens, recording)
///                                                                                     ▼
///                          runs, least recently used freed first ◄───────── RunShelf ──► KeptRun (closed by its user)
/// ```
///
/// Memory: the shelves own the models and runs; one in use is never closed under its user, and the
/// runs that nobody uses are within a limit of bytes. Threads: free to share; a run is made inside
/// a pass. Start with [io.lexiscope.workbench.shelf.ModelShelf#use].
@NullMarked
package io.lexiscope.workbench.shelf;

import org.jspecify.annotations.NullMarked;
