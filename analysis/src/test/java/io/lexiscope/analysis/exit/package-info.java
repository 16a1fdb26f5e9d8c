/// Tests of early exit: rules on planted traces, and traces against what other parts of Lexiscope
/// say.
///
/// ```
///  planted traces ──► rules ──► ExitScore
/// ```
///
/// Memory: tests close what they open. Threads: one. Start with
/// [io.lexiscope.analysis.exit.ExitRulesTest].
@NullMarked
package io.lexiscope.analysis.exit;

import org.jspecify.annotations.NullMarked;
