/// Tests of intervals and memory.
///
/// ```
///  numbers ──► Interval ──► the binomial distribution, summed term by term
/// ```
///
/// Memory: a few megabytes. Threads: one. Start with [io.lexiscope.bench.measure.IntervalTest].
@NullMarked
package io.lexiscope.bench.measure;

import org.jspecify.annotations.NullMarked;
