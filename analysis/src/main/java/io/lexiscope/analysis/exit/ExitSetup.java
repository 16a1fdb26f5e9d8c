package io.lexiscope.analysis.exit;

/// What rules for early exit were learned from and tested on.
///
/// @param corpus `given texts`, or the task whose texts they are
/// @param layers of the network
/// @param examples learned from in all; each split leaves a tenth out
/// @param tests tested on in all
/// @param splits how many times
/// @param clusters of value vectors
/// @param agreement what thresholds were tuned to
/// @param readingCost what reading the vocabulary at a layer and staying costs, in layers, by the
///   number of weights
public record ExitSetup(
    String corpus,
    int layers,
    int examples,
    int tests,
    int splits,
    int clusters,
    double agreement,
    double readingCost) {}
