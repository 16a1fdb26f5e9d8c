/// The command `parity`.
///
/// ```
///  arguments ──► ParityCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [ParityCommand].
@NullMarked
package io.lexiscope.cli.parity;

import org.jspecify.annotations.NullMarked;
