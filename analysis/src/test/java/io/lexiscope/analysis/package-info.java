/// Tests of readings and attributions against plain Java in double precision and the reference's
/// numbers.
///
/// Memory: the leak check compares live native tensors before and after each test. Threads: tests
/// of one JVM run one after the other. Start with [io.lexiscope.analysis.Golden].
@NullMarked
package io.lexiscope.analysis;

import org.jspecify.annotations.NullMarked;
