/// What every command shares: its configuration, its options, the terminal, and the way from a
/// request to what is printed.
///
/// ```
///  CliConfiguration, Terminal ──► CommandFactory ──► a WorkbenchCommand with its options
///                                                       └──► Workbenches ──► Workbench ──► ProgressLine, Text, TextTable
/// ```
///
/// Memory: a command opens a workbench and closes it. Threads: a command runs on the main thread.
/// Start with [WorkbenchCommand].
@NullMarked
package io.lexiscope.cli.terminal;

import org.jspecify.annotations.NullMarked;
