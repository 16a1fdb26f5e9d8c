/// The command `exit`.
///
/// ```
///  arguments ──► ExitCommand ──► request ──► Workbench ──► result ──► JSON, or ExitText for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [ExitCommand].
@NullMarked
package io.lexiscope.cli.exit;

import org.jspecify.annotations.NullMarked;
