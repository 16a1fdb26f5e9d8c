/// Tests of differences of models: what was laid into each matrix is found with its size and words.
///
/// ```
///  golden models ──► patches at right angles ──► ModelDifference ──► singular values, words
/// ```
///
/// Memory: a small model at a time. Threads: one. Start with ModelDifferenceTest.
@NullMarked
package io.lexiscope.analysis.diff;

import org.jspecify.annotations.NullMarked;
