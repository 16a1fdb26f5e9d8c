/// Times what users wait for, each task checked and held against what the machine can do.
///
/// ```
///  random GPT-2 in a temporary folder ──► BenchTask ──► first round: memory, check ──► warm-up ──► rounds ──► median, interval, share of the peak
/// ```
///
/// Memory: each task frees what it makes. Threads: one task at a time. Start with
/// [io.lexiscope.bench.Bench].
@NullMarked
package io.lexiscope.bench;

import org.jspecify.annotations.NullMarked;
