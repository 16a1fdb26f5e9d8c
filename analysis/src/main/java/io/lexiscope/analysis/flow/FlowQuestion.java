package io.lexiscope.analysis.flow;

import org.jspecify.annotations.Nullable;

/// Which graph to make.
///
/// @param target token id of the word whose logit is explained
/// @param against a foil's id, or null for the mean word
/// @param position of the prediction, from 0
/// @param span of the layers that are drawn one by one
/// @param limits how much is shown
public record FlowQuestion(
    int target, @Nullable Integer against, int position, Span span, Limits limits) {

  /// Layers.
  ///
  /// @param first from 0
  /// @param last from 0, included
  public record Span(int first, int last) {
    boolean holds(int layer) {
      return first <= layer && layer <= last;
    }
  }

  /// How much is shown.
  ///
  /// @param nodeShare smallest share of the influence that the shown heads, MLPs and embeddings
  ///   have together, 0 to 1
  /// @param edgeShare smallest share of what goes into a head or an MLP that its shown parts have
  /// @param heads most heads of a layer
  /// @param neurons most neurons of an MLP
  /// @param words of each reading
  public record Limits(double nodeShare, double edgeShare, int heads, int neurons, int words) {
    /// Checks the shares.
    ///
    /// @throws FlowException if one is not from 0 to 1
    public Limits {
      requireShare("nodes", nodeShare);
      requireShare("edges", edgeShare);
    }

    private static void requireShare(String what, double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new FlowException(
            "flow: expected a share of %s from 0 to 1, got %s; 0.8 of nodes and 0.98 of edges are usual"
                .formatted(what, share));
      }
    }

    /// 0.8 of nodes, 0.98 of edges.
    public static Limits standard() {
      return new Limits(
          /* nodeShare= */ 0.8, /* edgeShare= */ 0.98, /* heads= */ 12, /* neurons= */ 5, 5);
    }
  }
}
