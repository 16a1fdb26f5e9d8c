/// Finds the folder of a model by a bundled name, by its path, or by its id in the cache of the
/// hub.
///
/// ```
///  "microworld", folder, "org/name@revision" ──► ModelFinder ──► FoundModel (name, folder, ModelOrigin)
///                                                   ▲
///                  ModelPlaces ◄── UserFolders ◄── environment, home, operating system
/// ```
///
/// Memory: none of note; nothing is opened. Threads: all types are immutable and free to share.
/// Start with [io.lexiscope.hub.find.ModelFinder#find].
@NullMarked
package io.lexiscope.hub.find;

import org.jspecify.annotations.NullMarked;
