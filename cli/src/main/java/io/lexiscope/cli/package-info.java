/// The command line: arguments in, one document or readable text out.
///
/// ```
///  arguments ──► Main (picocli) ──► a room's command ──► request record ──► Workbench ──► result record
///                                                                                            ├─ --json: one document on stdout
///                                                                                            └─ otherwise: text for people
/// ```
///
/// Memory: the workbench owns models and tensors and is closed when the command ends. Threads: a
/// command runs on the main thread; `serve` waits for its server. Start with [Main], which has a
/// line for each verb.
@NullMarked
package io.lexiscope.cli;

import org.jspecify.annotations.NullMarked;
