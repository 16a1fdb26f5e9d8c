/// Draws the forward pass as a graph: what the prediction was made of, back to the words of the
/// prompt.
///
/// ```
///  Run ──► FlowSweep  (influence of every stream, head and MLP at every position, one sweep back)
///            │ the smallest set with 0.8 of it
///            ▼
///        FlowBuilder ──► nodes, edges, others so that every node's inputs sum to it ──► FlowGraph
///                                                        FlowEffects (each node off) ──┘
/// ```
///
/// Memory: one layer's heads at all positions at a time; the vectors of the shown nodes; results
/// are plain records. Threads: everything here is immutable and may be shared while its run is
/// open. Start with [io.lexiscope.analysis.flow.FlowTracer].
@NullMarked
package io.lexiscope.analysis.flow;

import org.jspecify.annotations.NullMarked;
