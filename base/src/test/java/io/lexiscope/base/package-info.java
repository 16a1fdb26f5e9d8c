/// Tests of the small things: files against failures, numbers against tables and exact sums.
///
/// ```
///  a temporary folder, published numbers, exact arithmetic ──► what is written or returned
/// ```
///
/// Memory: none. Threads: each test is confined to its thread. Start with [WholeFileTest].
@NullMarked
package io.lexiscope.base;

import org.jspecify.annotations.NullMarked;
