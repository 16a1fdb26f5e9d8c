/// Tests of the verb `flow`.
///
/// ```
///  FlowRequest ──► FlowUseCase ──► FlowResult, held against the published picture
/// ```
///
/// Memory: each test opens a workbench and closes it. Threads: the test's own. Start with
/// [VisitRequestTest].
@NullMarked
package io.lexiscope.workbench.flow;

import org.jspecify.annotations.NullMarked;
