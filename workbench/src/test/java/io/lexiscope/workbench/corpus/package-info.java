/// Tests of the texts that a model brings along.
///
/// ```
///  model folder ──► DefaultText ──► texts
/// ```
///
/// Memory: every test closes its workbench. Threads: each test has its own. Start with
/// [DefaultTextTest].
@NullMarked
package io.lexiscope.workbench.corpus;

import org.jspecify.annotations.NullMarked;
