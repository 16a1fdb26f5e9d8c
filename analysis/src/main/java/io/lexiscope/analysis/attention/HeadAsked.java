package io.lexiscope.analysis.attention;

import io.lexiscope.model.reading.TokenReading;
import java.util.List;

/// What a query looks for and what a key is found by, in the space that attention reads.
///
/// @param sought the query taken to the space of keys, through W_Kᵀ
/// @param offered the key taken to the space of queries, through W_Qᵀ
public record HeadAsked(List<TokenReading> sought, List<TokenReading> offered) {
  /// Copies the lists.
  public HeadAsked {
    sought = List.copyOf(sought);
    offered = List.copyOf(offered);
  }
}
