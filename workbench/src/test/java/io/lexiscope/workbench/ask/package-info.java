/// Tests of the way between records and JSON.
///
/// ```
///  record ──► ViewJson ──► JSON ──► ViewJson ──► the same record
/// ```
///
/// Memory: every test closes its workbench. Threads: each test has its own. Start with
/// [ViewJsonTest].
@NullMarked
package io.lexiscope.workbench.ask;

import org.jspecify.annotations.NullMarked;
