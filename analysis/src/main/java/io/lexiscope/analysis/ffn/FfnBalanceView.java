package io.lexiscope.analysis.ffn;

/// What a layer's feed-forward part did to the logit of a word, or to the difference of two, before
/// any soft cap.
///
/// @param before the logit of the stream before; biases of the norm and the unembedding left out
///   where the convention is linear
/// @param listed sum of the scores of the listed sub-updates
/// @param others sum of the scores of the other neurons
/// @param bias score of what is added whatever the neurons do
/// @param intervention score of what interventions put in place of the sum
/// @param after the logit of the stream after
/// @param change after less before
/// @param error by how much the parts miss the change; only under a linear convention is it an
///   error
public record FfnBalanceView(
    double before,
    double listed,
    double others,
    double bias,
    double intervention,
    double after,
    double change,
    double error) {}
