package io.lexiscope.model.family;

/// A weight a network needs: its name in a checkpoint and its shape there.
///
/// @param name name in the file
/// @param shape shape in the file
public record WeightSlot(String name, WeightShape shape) {}
