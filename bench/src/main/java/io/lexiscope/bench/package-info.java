/// Measures what users wait for, always as a ratio against something taken in the same run.
///
/// ```
///  random GPT-2 in a temporary folder ──► candidate and baseline in turn ──► median ratio with its interval
/// ```
///
/// Memory: each benchmark frees what it makes. Threads: one benchmark at a time. Start with
/// [io.lexiscope.bench.ForwardOverhead].
@NullMarked
package io.lexiscope.bench;

import org.jspecify.annotations.NullMarked;
