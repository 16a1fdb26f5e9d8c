/// Tests of jobs: order, progress, cancelling, and what is left when one fails.
///
/// ```
///  test ──► Jobs ──► task made for the test ──► events, states
/// ```
///
/// Memory: no native memory. Threads: each test has its own jobs. Start with [JobsTest].
@NullMarked
package io.lexiscope.workbench.job;

import org.jspecify.annotations.NullMarked;
