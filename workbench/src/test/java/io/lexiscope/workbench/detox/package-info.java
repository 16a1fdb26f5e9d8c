/// Tests of detoxification on a bundled model, beside its controls.
///
/// ```
///  DetoxRequest ──► Workbench ──► DetoxResult
/// ```
///
/// Memory: every test closes its workbench. Threads: each test has its own. Start with [DetoxTest].
@NullMarked
package io.lexiscope.workbench.detox;

import org.jspecify.annotations.NullMarked;
