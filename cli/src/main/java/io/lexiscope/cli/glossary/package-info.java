/// The command `explain`.
///
/// ```
///  arguments ──► ExplainCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [ExplainCommand].
@NullMarked
package io.lexiscope.cli.glossary;

import org.jspecify.annotations.NullMarked;
