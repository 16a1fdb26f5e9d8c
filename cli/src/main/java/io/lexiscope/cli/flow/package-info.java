/// The command `flow`.
///
/// ```
///  arguments ──► FlowCommand ──► request ──► Workbench ──► result ──► JSON, a file, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [FlowCommand].
@NullMarked
package io.lexiscope.cli.flow;

import org.jspecify.annotations.NullMarked;
