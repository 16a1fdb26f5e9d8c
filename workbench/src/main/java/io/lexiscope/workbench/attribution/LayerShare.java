package io.lexiscope.workbench.attribution;

/// What the components of a layer add that are not listed one by one.
///
/// @param layer from 0; −1 for what is in no layer
/// @param logits their sum
/// @param components how many
public record LayerShare(int layer, double logits, int components) {}
