/// The commands `search` and `index`.
///
/// ```
///  arguments ──► SearchCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [SearchCommand].
@NullMarked
package io.lexiscope.cli.search;

import org.jspecify.annotations.NullMarked;
