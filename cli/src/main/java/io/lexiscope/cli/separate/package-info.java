/// The command `separate`.
///
/// ```
///  arguments ──► SeparateCommand ──► request ──► Workbench ──► result ──► JSON, or a table for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [SeparateCommand].
@NullMarked
package io.lexiscope.cli.separate;

import org.jspecify.annotations.NullMarked;
