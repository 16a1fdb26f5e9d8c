/// The command `bench`: whole tasks timed and checked.
///
/// ```
///  arguments ──► BenchCommand ──► bench ──► JSON, or BenchText for people
/// ```
///
/// Memory: none of its own. Threads: a command runs on the main thread. Start with [BenchCommand].
@NullMarked
package io.lexiscope.cli.bench;

import org.jspecify.annotations.NullMarked;
