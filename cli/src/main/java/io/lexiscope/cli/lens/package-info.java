/// The command `lens`.
///
/// ```
///  arguments ──► LensCommand ──► request ──► Workbench ──► result ──► JSON, or LensText for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [LensCommand].
@NullMarked
package io.lexiscope.cli.lens;

import org.jspecify.annotations.NullMarked;
