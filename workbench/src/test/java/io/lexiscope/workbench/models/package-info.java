/// Tests of pulling a model from a hub made for the test.
///
/// ```
///  PullRequest ──► Workbench ──► FakeHub ──► PullResult
/// ```
///
/// Memory: every test closes its workbench. Threads: each test has its own. Start with
/// [PullUseCaseTest].
@NullMarked
package io.lexiscope.workbench.models;

import org.jspecify.annotations.NullMarked;
