/// What every test of the project needs: one comparison that NaN cannot pass, a leak check, and the
/// folder of assets.
///
/// Memory: the leak check compares live native tensors before and after each test. Threads: tests
/// of one JVM run one after the other. Start with [io.lexiscope.tensor.testing.TensorAssertions].
@NullMarked
package io.lexiscope.tensor.testing;

import org.jspecify.annotations.NullMarked;
