/// Kernels alone under JMH, beside libtorch. Compiled with the tests, run by `bench/jmh.sh`.
///
/// ```
///  random operands ──► checked once against libtorch ──► kernel | libtorch, in forks of their own
/// ```
///
/// Memory: operands live as long as a trial. Threads: JMH's one; products use as many as the
/// process may. Start with [io.lexiscope.bench.jmh.LinearBenchmark].
@NullMarked
package io.lexiscope.bench.jmh;

import org.jspecify.annotations.NullMarked;
