/// Tests of memory.
///
/// ```
///  memory that is made and freed ──► PeakMemory ──► its size
/// ```
///
/// Memory: a few megabytes. Threads: one. Start with [io.lexiscope.bench.measure.PeakMemoryTest].
@NullMarked
package io.lexiscope.bench.measure;

import org.jspecify.annotations.NullMarked;
