/// The command `attribution`.
///
/// ```
///  arguments ──► AttributionCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [AttributionCommand].
@NullMarked
package io.lexiscope.cli.attribution;

import org.jspecify.annotations.NullMarked;
