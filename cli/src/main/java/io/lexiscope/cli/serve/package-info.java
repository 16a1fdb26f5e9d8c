/// The command `serve`, which is also what a call without a verb does: the workbench in the
/// browser.
///
/// ```
///  ServeOptions ──► ServeCommand ──► Workbench, LexiscopeServer ──► address ──► Browser
/// ```
///
/// Memory: the workbench owns models and tensors and is closed at the end. Threads: the main thread
/// waits for the server. Start with [ServeCommand].
@NullMarked
package io.lexiscope.cli.serve;

import org.jspecify.annotations.NullMarked;
