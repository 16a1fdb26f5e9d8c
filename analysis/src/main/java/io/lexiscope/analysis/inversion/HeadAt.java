package io.lexiscope.analysis.inversion;

import io.lexiscope.model.place.HeadName;

/// A head at a position of a prompt.
///
/// @param head which one
/// @param position negative, from the end of the prompt
public record HeadAt(HeadName head, int position) {}
