/// Writes results in the forms that other programs read.
///
/// ```
///  LensResult ──► LensCsv ──► one line per word of a reading
/// ```
///
/// Memory: plain data. Threads: stateless. Start with [LensCsv].
@NullMarked
package io.lexiscope.workbench.export;

import org.jspecify.annotations.NullMarked;
