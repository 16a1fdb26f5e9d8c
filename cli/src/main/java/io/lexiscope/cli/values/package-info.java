/// The commands `trace-values` and `move-value`.
///
/// ```
///  arguments ──► TraceValuesCommand, MoveValueCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [TraceValuesCommand].
@NullMarked
package io.lexiscope.cli.values;

import org.jspecify.annotations.NullMarked;
