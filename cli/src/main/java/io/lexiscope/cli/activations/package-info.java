/// The command `activations`.
///
/// ```
///  arguments ──► ActivationsCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [ActivationsCommand].
@NullMarked
package io.lexiscope.cli.activations;

import org.jspecify.annotations.NullMarked;
