/// Tests of finding models by name, folder and id.
///
/// ```
///  folders made for the test ──► ModelFinder, UserFolders ──► what is found, and where
/// ```
///
/// Memory: none of note. Threads: none. Start with [ModelFinderTest].
@NullMarked
package io.lexiscope.hub.find;

import org.jspecify.annotations.NullMarked;
