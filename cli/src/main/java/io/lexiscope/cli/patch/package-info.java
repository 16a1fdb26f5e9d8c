/// The command `patch`.
///
/// ```
///  arguments ──► PatchCommand ──► request ──► Workbench ──► result ──► JSON, or PatchText for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [PatchCommand].
@NullMarked
package io.lexiscope.cli.patch;

import org.jspecify.annotations.NullMarked;
