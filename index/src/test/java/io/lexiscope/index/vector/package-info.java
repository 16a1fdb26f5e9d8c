/// Tests of the vectors against products written out.
///
/// ```
///  what is given ──► what it must mean, written by hand
/// ```
///
/// Memory: every test closes what it opens. Threads: each test is confined to its thread. Start
/// with [HeadDirectionsTest].
@NullMarked
package io.lexiscope.index.vector;

import org.jspecify.annotations.NullMarked;
