package io.lexiscope.workbench.clusters;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.analysis.cluster.Linkage;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Request;
import org.jspecify.annotations.Nullable;

/// Asks for clusters of the value vectors of all layers.
///
/// @param choice the model
/// @param k into how many the vectors are parted, before those that are no closer than chance leave
///   them; when absent they are parted at that very distance
/// @param linkage how far clusters are apart; complete when absent
/// @param memory most mebibytes to take; 1024 when absent
/// @param top words shown of each cluster; 10 when absent
public record ClustersRequest(
    @JsonUnwrapped ModelChoice choice,
    @Nullable Integer k,
    @Nullable Linkage linkage,
    @Nullable Integer memory,
    @Nullable Integer top)
    implements Request<ClustersResult> {}
