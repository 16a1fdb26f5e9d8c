/// The verbs `trace-values` and `move-value`: where a number lives, and what happens when it is
/// moved.
///
/// ```
///  TraceValuesRequest ─► TraceValuesUseCase ─► ValueTasks ─► analysis.tracing.ValueTrace ─► result
///  MoveValueRequest ───► MoveValueUseCase ───────┘   └─────► analysis.tracing.ValueMove ──► result
/// ```
///
/// Memory: the use cases keep nothing; the shelf owns the models. Threads: free to share. Start
/// with [TraceValuesUseCase].
@NullMarked
package io.lexiscope.workbench.values;

import org.jspecify.annotations.NullMarked;
