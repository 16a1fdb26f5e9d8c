package io.lexiscope.workbench.clusters;

import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.annotation.EnumNaming;

/// How far two clusters are apart.
@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
public enum ClusterLinkage {
  /// The largest cosine distance between members.
  COMPLETE,
  /// The mean cosine distance between members.
  AVERAGE
}
