/// Tests of rules for early exit.
///
/// ```
///  ExitRequest ──► Workbench ──► ExitResult
/// ```
///
/// Memory: every test closes its workbench. Threads: each test has its own. Start with
/// [ExitUseCaseTest].
@NullMarked
package io.lexiscope.workbench.exit;

import org.jspecify.annotations.NullMarked;
