/// Tests of the files that other programs read.
///
/// ```
///  LensResult made for the test ──► LensCsv ──► lines expected
/// ```
///
/// Memory: plain data. Threads: each test is confined to its thread. Start with [LensCsvTest].
@NullMarked
package io.lexiscope.workbench.export;

import org.jspecify.annotations.NullMarked;
