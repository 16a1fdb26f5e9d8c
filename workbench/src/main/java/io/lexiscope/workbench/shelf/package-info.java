/// Keeps a few models open: a name in, a model in use out.
///
/// ```
///  "microworld", folder, "org/name" ──► ModelFinder ──► folder ──► ModelShelf ──► OpenModel (closed by its user)
///                                                                     └── idle ones, least recently used closed first
/// ```
///
/// Memory: the shelf owns the models; one in use is never closed under its user. Threads: free to
/// share. Start with [io.lexiscope.workbench.shelf.ModelShelf#use].
@NullMarked
package io.lexiscope.workbench.shelf;

import org.jspecify.annotations.NullMarked;
