/// The command `heads`.
///
/// ```
///  options ──► HeadsCommand ──► HeadsRequest ──► workbench ──► HeadsResult ──► HeadsText
/// ```
///
/// Memory: none of its own. Threads: one. Start with [HeadsCommand].
@NullMarked
package io.lexiscope.cli.heads;

import org.jspecify.annotations.NullMarked;
