/// The tasks that are timed: what each does once, what it needs at least, and whether its result
/// was right.
///
/// ```
///  BenchTask ──run()──► TaskOutcome ──check()──► wrong results end the measurement
///                           └──answer()──► numbers that another implementation can be held against
/// ```
///
/// Memory: an outcome owns its tensors until it is closed. Threads: one task at a time. Start with
/// [io.lexiscope.bench.task.BenchTask].
@NullMarked
package io.lexiscope.bench.task;

import org.jspecify.annotations.NullMarked;
