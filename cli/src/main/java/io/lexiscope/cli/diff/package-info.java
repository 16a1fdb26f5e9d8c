/// The command `diff`.
///
/// ```
///  arguments ──► DiffCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [DiffCommand].
@NullMarked
package io.lexiscope.cli.diff;

import org.jspecify.annotations.NullMarked;
