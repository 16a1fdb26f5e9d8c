/// Writes results in the forms that other programs read.
///
/// ```
///  LensResult ──► LensCsv ──► one line per word of a reading
///  DetoxResult ──► DetoxPlot ──► dose-response curve
///  result of a job ──► JobFiles ──► its files by name
/// ```
///
/// Memory: plain data. Threads: stateless. Start with [JobFiles].
@NullMarked
package io.lexiscope.workbench.export;

import org.jspecify.annotations.NullMarked;
