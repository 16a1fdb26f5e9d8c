package io.lexiscope.model.config;

/// What every layer does.
///
/// @param wiring how attention and feed-forward part meet the residual stream
/// @param norm the kind of norm between them
/// @param attention the attention
/// @param mlp the feed-forward part
public record Block(Wiring wiring, Norm norm, Attention attention, Mlp mlp) {}
