package io.lexiscope.analysis.exit;

/// What rules for early exit were learned from and tested on.
///
/// @param corpus `given texts`, or the task whose texts they are
/// @param layers of the network
/// @param examples learned from in all; each split leaves a tenth out
/// @param calibration held-out examples that thresholds were tuned on and nothing is tested on; 0
///   where a part of those learned from was taken
/// @param tests tested on in all
/// @param splits how many times
/// @param clusters of value vectors
/// @param agreement what thresholds were tuned to, at the lower end of the 95 % interval
/// @param readingCost what reading the vocabulary at a layer and staying costs, in layers, by the
///   number of weights
public record ExitSetup(
    String corpus,
    int layers,
    int examples,
    int calibration,
    int tests,
    int splits,
    int clusters,
    double agreement,
    double readingCost) {}
