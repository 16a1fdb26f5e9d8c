/// Takes times, memory and the machine's own limits.
///
/// ```
///  sgemm, a pass over memory ──► Peaks      high-water mark of the process ──► PeakMemory
/// ```
///
/// Memory: [io.lexiscope.bench.measure.Peaks] holds a quarter of a gigabyte while it measures.
/// Threads: one measurement at a time. Start with [io.lexiscope.bench.measure.Peaks#measure].
@NullMarked
package io.lexiscope.bench.measure;

import org.jspecify.annotations.NullMarked;
