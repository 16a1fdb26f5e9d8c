/// The command `tokenize`.
///
/// ```
///  arguments ──► TokenizeCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [TokenizeCommand].
@NullMarked
package io.lexiscope.cli.tokens;

import org.jspecify.annotations.NullMarked;
