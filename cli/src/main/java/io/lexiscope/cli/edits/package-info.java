/// The commands `edit`, `apply` and `evaluate-edits`.
///
/// ```
///  arguments ──► EditCommand, … ──► request ──► Workbench ──► result ──► JSON, text, a file of patches
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [EditCommand].
@NullMarked
package io.lexiscope.cli.edits;

import org.jspecify.annotations.NullMarked;
