/// The command `generate`: tokens are written as they come.
///
/// ```
///  arguments ──► GenerateCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [GenerateCommand].
@NullMarked
package io.lexiscope.cli.generate;

import org.jspecify.annotations.NullMarked;
