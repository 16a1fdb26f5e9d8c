/// Tests of the command line inside the test's own process: arguments in, exit code and streams
/// out.
///
/// ```
///  test ──► Console.run("lens", …) ──► Main ──► Ran(exit, stdout, stderr) ──► assertion
/// ```
///
/// Memory: each command closes its workbench. Threads: each test has its own streams. Start with
/// [io.lexiscope.cli.Console].
@NullMarked
package io.lexiscope.cli;

import org.jspecify.annotations.NullMarked;
