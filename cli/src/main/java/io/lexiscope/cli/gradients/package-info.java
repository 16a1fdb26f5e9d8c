/// The command `gradients`.
///
/// ```
///  arguments ──► GradientsCommand ──► request ──► Workbench ──► result ──► JSON, or text for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with
/// [GradientsCommand].
@NullMarked
package io.lexiscope.cli.gradients;

import org.jspecify.annotations.NullMarked;
