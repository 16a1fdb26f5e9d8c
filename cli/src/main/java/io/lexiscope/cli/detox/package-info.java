/// The command `detox`, and the files it reads.
///
/// ```
///  arguments ──► DetoxCommand ──► request ──► Workbench ──► result ──► JSON, or DetoxText for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [DetoxCommand].
@NullMarked
package io.lexiscope.cli.detox;

import org.jspecify.annotations.NullMarked;
