/// Tests of events over prompts.
///
/// ```
///  prompts ──► CorpusEvents ──► held against EventStatistics and against passes taken one by one
/// ```
///
/// Memory: one small model at a time. Threads: one. Start with [CorpusEventsTest].
@NullMarked
package io.lexiscope.analysis.events;

import org.jspecify.annotations.NullMarked;
