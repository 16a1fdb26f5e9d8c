/// Tests of the benchmark: that it measures what it says, and finds wrong results.
///
/// ```
///  a tiny golden model, tasks with known times or wrong results ──► Bench ──► figures, failures
/// ```
///
/// Memory: temporary folders. Threads: one. Start with [io.lexiscope.bench.BenchTest].
@NullMarked
package io.lexiscope.bench;

import org.jspecify.annotations.NullMarked;
