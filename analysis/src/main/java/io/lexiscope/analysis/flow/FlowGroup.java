package io.lexiscope.analysis.flow;

import java.util.List;

/// Nodes that go together.
///
/// @param name what they share, in words
/// @param ids of the nodes, two or more
public record FlowGroup(String name, List<String> ids) {
  /// Copies the list.
  public FlowGroup {
    ids = List.copyOf(ids);
  }
}
