/// The command `ffn`.
///
/// ```
///  arguments ──► FfnCommand ──► request ──► Workbench ──► result ──► JSON, or FfnText for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [FfnCommand].
@NullMarked
package io.lexiscope.cli.ffn;

import org.jspecify.annotations.NullMarked;
