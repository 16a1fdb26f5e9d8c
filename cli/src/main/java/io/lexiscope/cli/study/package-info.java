/// The command `reproduce`.
///
/// ```
///  arguments ──► ReproduceCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [ReproduceCommand].
@NullMarked
package io.lexiscope.cli.study;

import org.jspecify.annotations.NullMarked;
