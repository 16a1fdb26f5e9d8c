/// The verb `exit`: rules for leaving the network early, what they keep and what they save.
///
/// ```
///  ExitRequest ──► ExitUseCase ──► analysis.exit ──► ExitResult ──► ExitDownloads: rules.csv, rule.json
///  "confidence:0.9", rule.json ──► ExitRules ──► EarlyExit (model), for `generate` too
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [ExitUseCase].
@NullMarked
package io.lexiscope.workbench.exit;

import org.jspecify.annotations.NullMarked;
