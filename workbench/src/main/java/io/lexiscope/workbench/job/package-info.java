/// Runs requests as jobs: takes a task, gives its progress, events, result or problem, stops it on
/// request, keeps the long ones on disk; and says what a verb is.
///
/// ```
///  request ──► Feature: verb, records, UseCase, files
///                │
///  request ──► Jobs ──► worker thread ──► task(Work)
///                │                          ├─ work.progress, work.token ──► JobLog ──► readers, each in order
///                │                          └─ work.pass ──► PassGate: few native passes at once, first come first served
///                ├── cancel ──► Cancellation ──► the task's next check
///                └── JobStore: a folder a job, written as it goes; after a restart StoredJob, or resumed
/// ```
///
/// Workers are platform threads, not virtual ones: native code holds its carrier for the length of
/// a pass and keeps thread-local state (gradient mode, its own thread team) that must not wander
/// between carriers.
///
/// Memory: a finished job keeps its result record until newer jobs displace it, and a log of the
/// newest events; what stands on disk is read when asked for; no native memory. Threads: everything
/// here may be shared. Start with [Jobs#submit] and [Feature].
@NullMarked
package io.lexiscope.workbench.job;

import org.jspecify.annotations.NullMarked;
