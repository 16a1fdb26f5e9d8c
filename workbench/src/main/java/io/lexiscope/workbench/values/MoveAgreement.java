package io.lexiscope.workbench.values;

import org.jspecify.annotations.Nullable;

/// How alike moving a value and rewriting it are.
///
/// @param correlation of score and value, on prompts that nothing was fitted to
/// @param outputR2 share of the answer's change by rewriting that the change by moving explains;
///   absent where prompts cannot be rewritten
/// @param scoreR2 R² of the score needed for a value, f_p, against that of rewritten prompts, f_a;
///   absent where the answer is no regression
/// @param scoreDifference median |f_p − f_a|; absent likewise
/// @param randomShare change of the answer along a random direction, by that along this one
/// @param interchange share of pairs of prompts in which the other's score gives the answer that
///   the other's value would; absent where prompts cannot be rewritten
/// @param interchangeUnmoved the same share when nothing is moved
/// @param interchangePairs how many pairs
public record MoveAgreement(
    double correlation,
    @Nullable Double outputR2,
    @Nullable Double scoreR2,
    @Nullable Double scoreDifference,
    @Nullable Double randomShare,
    @Nullable Double interchange,
    @Nullable Double interchangeUnmoved,
    @Nullable Long interchangePairs) {}
