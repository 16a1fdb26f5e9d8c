/// The command `events`.
///
/// ```
///  arguments ──► EventsCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [EventsCommand].
@NullMarked
package io.lexiscope.cli.events;

import org.jspecify.annotations.NullMarked;
