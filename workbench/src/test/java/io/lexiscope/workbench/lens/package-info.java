/// Tests of the table of a lens result.
///
/// ```
///  LensResult ──► LensCsv ──► lines
/// ```
///
/// Memory: every test closes its workbench. Threads: each test has its own. Start with
/// [LensCsvTest].
@NullMarked
package io.lexiscope.workbench.lens;

import org.jspecify.annotations.NullMarked;
