package io.lexiscope.workbench;

import io.lexiscope.workbench.shelf.Build;
import io.lexiscope.workbench.shelf.ModelPlaces;

/// What a workbench needs to know.
///
/// @param places where models are looked for
/// @param build what computes, for provenance
/// @param limits how much is done at once
public record WorkbenchSettings(ModelPlaces places, Build build, WorkLimits limits) {}
