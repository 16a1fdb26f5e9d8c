package io.lexiscope.model.edit;

import io.lexiscope.base.FloatVector;

/// A change of rank one, `inputᵀ·output`.
///
/// @param input what the module's input is compared with, \[d_in\]
/// @param output what is added as far as they agree, \[d_out\]
public record PatchTerm(FloatVector input, FloatVector output) {}
