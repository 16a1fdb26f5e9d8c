/// Tests of the Perspective client against a stub on loopback.
///
/// ```
///  PerspectiveScorer ──► stub: 429, 503, 403, answers without a score ──► scores, failures
/// ```
///
/// Memory: plain Java. Threads: every test has a stub of its own. Start with
/// [PerspectiveScorerTest].
@NullMarked
package io.lexiscope.workbench.perspective;

import org.jspecify.annotations.NullMarked;
