/// The command `compare`.
///
/// ```
///  arguments ──► CompareCommand ──► request ──► Workbench ──► result ──► JSON, or CompareText for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [CompareCommand].
@NullMarked
package io.lexiscope.cli.compare;

import org.jspecify.annotations.NullMarked;
