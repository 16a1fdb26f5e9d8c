/// Tests of the events over a corpus.
///
/// ```
///  EventsRequest ──► Workbench ──► EventsResult
/// ```
///
/// Memory: every test closes its workbench. Threads: each test has its own. Start with
/// [EventsUseCaseTest].
@NullMarked
package io.lexiscope.workbench.events;

import org.jspecify.annotations.NullMarked;
