/// The commands `models`, `info` and `pull`.
///
/// ```
///  arguments ──► ModelsCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [ModelsCommand].
@NullMarked
package io.lexiscope.cli.models;

import org.jspecify.annotations.NullMarked;
