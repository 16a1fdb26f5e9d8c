/// The verb `compare`: a prompt without and with interventions, side by side.
///
/// ```
///  CompareRequest ─┬─► pass as it is ──────────┐
///                  └─► pass with interventions ┴─► analysis.compare ──► CompareResult (ComparedPosition…)
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [CompareUseCase].
@NullMarked
package io.lexiscope.workbench.compare;

import org.jspecify.annotations.NullMarked;
