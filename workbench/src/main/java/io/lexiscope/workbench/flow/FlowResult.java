package io.lexiscope.workbench.flow;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.analysis.flow.FlowContrast;
import io.lexiscope.analysis.flow.FlowEdge;
import io.lexiscope.analysis.flow.FlowEffects;
import io.lexiscope.analysis.flow.FlowGroup;
import io.lexiscope.analysis.flow.FlowLoadings;
import io.lexiscope.analysis.flow.FlowNode;
import io.lexiscope.analysis.flow.FlowTotals;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A forward pass as a graph.
///
/// @param header model, tokens, provenance
/// @param target the word explained
/// @param against the foil; absent where logits are relative to the mean word
/// @param baseline what logits are relative to, in words
/// @param layers number of blocks
/// @param nodes by position and depth
/// @param edges towards the prediction
/// @param totals what the graph shows of the whole
/// @param effects what switching nodes off does; absent when not asked for
/// @param groups heads and MLPs that write alike, as a proposal
/// @param other the same nodes and edges in the run it is held against; absent when there is none
/// @param loadings what was asked for, split over the heads of a layer; absent when nothing was
/// @param sentence what it comes to
/// @param vocabulary number of words that ranks count among
/// @param milliseconds wall-clock time of the pass and the readings
public record FlowResult(
    @JsonUnwrapped ResultHeader header,
    TokenView target,
    @Nullable TokenView against,
    String baseline,
    int layers,
    List<FlowNode> nodes,
    List<FlowEdge> edges,
    FlowTotals totals,
    @Nullable FlowEffects effects,
    List<FlowGroup> groups,
    @Nullable FlowContrast other,
    @Nullable FlowLoadings loadings,
    String sentence,
    int vocabulary,
    double milliseconds)
    implements Result {
  /// Copies the lists.
  public FlowResult {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    groups = List.copyOf(groups);
  }

  @Override
  public String method() {
    return "Influence follows values, with patterns of attention and norms held as they were; why a"
        + " head looks where it does is not in it, and direct contribution is not effect: ask for"
        + " effects to see how far they agree.";
  }
}
