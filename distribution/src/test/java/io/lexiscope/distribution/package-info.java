/// Tests of what packs a distribution; that the packed one starts is checked by the build itself.
///
/// ```
///  files made for the test ──► ZipFile, ThirdPartyWorks, OciLayout ──► what is in them
/// ```
///
/// Memory: none of note. Threads: none. Start with [ZipFileTest].
@NullMarked
package io.lexiscope.distribution;

import org.jspecify.annotations.NullMarked;
