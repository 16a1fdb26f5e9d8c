/// The commands `train`, `new` and `evaluate`.
///
/// ```
///  arguments ──► TrainCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [TrainCommand].
@NullMarked
package io.lexiscope.cli.train;

import org.jspecify.annotations.NullMarked;
