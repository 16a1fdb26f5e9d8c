package io.lexiscope.analysis.flow;

import java.util.List;

/// How what a node wrote reaches a prediction through one layer of attention: by each head, and
/// past them all.
///
/// @param from id of the node
/// @param layer whose heads, from 0
/// @param bypass what it adds to the target's logit past the heads: 0 where it stands at another
///   position than the prediction
/// @param heads what it adds through each head of the layer, by head, and from there directly
/// @param total all of it
public record FlowLoadings(
    String from, int layer, double bypass, List<Double> heads, double total) {
  /// Copies the list.
  public FlowLoadings {
    heads = List.copyOf(heads);
  }
}
