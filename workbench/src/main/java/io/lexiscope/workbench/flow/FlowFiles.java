package io.lexiscope.workbench.flow;

import io.lexiscope.workbench.ask.ViewJson;

/// The files of a graph.
public final class FlowFiles {
  private FlowFiles() {}

  /// A picture.
  public static String svg(FlowResult result) {
    return FlowPicture.of(result).svg();
  }

  /// A page that stands alone.
  public static String html(FlowResult result) {
    return FlowPage.of(result);
  }

  /// What viewers of attribution graphs read, with the proposed groups as supernodes.
  public static String graph(FlowResult result) {
    return ViewJson.writePretty(AttributionGraphFile.of(result)) + "\n";
  }
}
