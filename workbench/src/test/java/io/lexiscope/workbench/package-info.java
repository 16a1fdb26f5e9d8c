/// Tests of the use cases on the tiny golden models, through the same door as the command line and
/// the server.
///
/// ```
///  request ──► Workbench over the golden folder ──► result, or one line that says why not
/// ```
///
/// Memory: every test closes its workbench. Threads: each test has its own workbench. Start with
/// [UseCasesTest].
@NullMarked
package io.lexiscope.workbench;

import org.jspecify.annotations.NullMarked;
