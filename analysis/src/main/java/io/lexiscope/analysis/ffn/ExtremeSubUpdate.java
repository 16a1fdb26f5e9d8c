package io.lexiscope.analysis.ffn;

import io.lexiscope.model.place.NeuronName;

/// A dominant sub-update whose score for the word that led before its layer passed the threshold.
///
/// @param neuron whose sub-update
/// @param score `e_w · m·v` of that word, logits without any norm
/// @param example number of the prompt, in the order they were looked at
/// @param tokens of the prompt
/// @param settled whether that word is also the model's answer
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.2</a>
public record ExtremeSubUpdate(
    NeuronName neuron, double score, int example, int tokens, boolean settled) {}
