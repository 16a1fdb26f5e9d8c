package io.lexiscope.workbench.generate;

import io.lexiscope.model.forward.LateKeys;

/// A continuation with early exit beside that of the whole network.
///
/// @param rule by which tokens left
/// @param lateKeys how skipped layers got their keys and values
/// @param savedLayers layers saved on average
/// @param tokensPerSecondWhole tokens a second of the whole network, in the same run
/// @param whole how the whole network goes on
/// @param sameTokens how many tokens of the two continuations are equal from the start
public record EarlyExitReport(
    String rule,
    LateKeys lateKeys,
    double savedLayers,
    double tokensPerSecondWhole,
    Continuation whole,
    int sameTokens) {}
