package io.lexiscope.analysis.flow;

/// What a graph shows of the whole.
///
/// @param position of the prediction, from 0
/// @param logit of the target relative to the mean word or the foil, before any soft cap: what the
///   edges into the prediction sum to
/// @param through share of the influence on the prediction that passes through shown heads, MLPs
///   and embeddings, 0 to 1
/// @param complete how much of what goes into the shown nodes is shown, weighted by their
///   influence, 0 to 1
/// @param writers how many heads, MLPs and embeddings there are in all
/// @param shown how many of them are shown
public record FlowTotals(
    int position, double logit, double through, double complete, int writers, int shown) {}
