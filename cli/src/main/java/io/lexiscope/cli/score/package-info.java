/// The command `score`.
///
/// ```
///  arguments ──► ScoreCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [ScoreCommand].
@NullMarked
package io.lexiscope.cli.score;

import org.jspecify.annotations.NullMarked;
