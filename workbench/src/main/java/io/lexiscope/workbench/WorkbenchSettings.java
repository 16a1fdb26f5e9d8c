package io.lexiscope.workbench;

import io.lexiscope.hub.HubSettings;
import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.workbench.perspective.PerspectiveSettings;
import io.lexiscope.workbench.shelf.Build;
import java.util.function.Supplier;

/// What a workbench needs to know.
///
/// @param places where models are looked for
/// @param build what computes, for provenance
/// @param limits how much is done at once
/// @param hub where models are fetched from; asked at every pull, so that a wrong address or token
///   hinders nothing else and a new token counts at once
/// @param perspective who scores toxicity when a request asks for it; asked at every such request
public record WorkbenchSettings(
    ModelPlaces places,
    Build build,
    WorkLimits limits,
    Supplier<HubSettings> hub,
    Supplier<PerspectiveSettings> perspective) {
  /// Settings without a network: pulls find what is in the cache.
  ///
  /// @param places where models are looked for
  /// @param build what computes, for provenance
  /// @param limits how much is done at once
  public WorkbenchSettings(ModelPlaces places, Build build, WorkLimits limits) {
    this(
        places,
        build,
        limits,
        () ->
            new HubSettings(
                HubSettings.STANDARD_ENDPOINT,
                places.hubCache(),
                /* token= */ null,
                /* offline= */ true),
        PerspectiveSettings::none);
  }
}
