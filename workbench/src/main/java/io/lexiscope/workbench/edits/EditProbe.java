package io.lexiscope.workbench.edits;

/// A prompt asked before and after an edit.
///
/// @param kind whether it should change
/// @param before what the model made of it
/// @param after what it makes of it now
public record EditProbe(EditProbeKind kind, EditState before, EditState after) {}
