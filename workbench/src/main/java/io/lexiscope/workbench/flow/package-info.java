/// The verb `flow`: the forward pass as a graph.
///
/// ```
///  FlowRequest ──► FlowUseCase ──► analysis.flow ──► FlowResult (FlowNode…, FlowEdge…, FlowEffects)
///                                                        └──► AttributionGraphFile, for other viewers
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns models and runs. Threads: free to share.
/// Start with [FlowUseCase].
@NullMarked
package io.lexiscope.workbench.flow;

import org.jspecify.annotations.NullMarked;
