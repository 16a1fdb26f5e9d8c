/// The command `invert`.
///
/// ```
///  options ──► InvertCommand ──► InvertRequest ──► workbench ──► InvertResult ──► InvertText: tables
/// ```
///
/// Memory: nothing is kept. Threads: one command, one thread. Start with [InvertCommand].
@NullMarked
package io.lexiscope.cli.invert;

import org.jspecify.annotations.NullMarked;
