package io.lexiscope.analysis.flow;

import io.lexiscope.analysis.attention.HeadLayer;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Something that writes into the stream at one position and may be shown.
///
/// @param kind head, MLP or embedding
/// @param layer from 0
/// @param head of a head; 0 for others
/// @param position from 0
/// @param influence the share of the prediction that passes through it
record FlowWriter(FlowKind kind, int layer, int head, int position, double influence) {
  private static final Pattern ID =
      Pattern.compile(
          "(?:L(?<layer>\\d{1,4})(?:H(?<head>\\d{1,4})|M)|embed)@(?<position>\\d{1,7})");

  /// What attention adds beside its heads: never shown by itself, where it is written known.
  static FlowWriter bias(int layer, int position) {
    return new FlowWriter(FlowKind.ATTN_BIAS, layer, 0, position, 0);
  }

  String id() {
    return switch (kind) {
      case HEAD -> "L" + layer + "H" + head + "@" + position;
      case MLP -> "L" + layer + "M@" + position;
      default -> "embed@" + position;
    };
  }

  /// The point of the stream it writes into.
  int into(boolean parallel) {
    return switch (kind) {
      case HEAD, ATTN_BIAS -> parallel ? 2 * layer + 2 : 2 * layer + 1;
      case MLP -> 2 * layer + 2;
      default -> 0;
    };
  }

  /// The writer of an id.
  ///
  /// @throws FlowException if the run has none of that id
  static FlowWriter parse(String id, Run run) {
    Matcher form = ID.matcher(id);
    if (form.matches()) {
      int position = Integer.parseInt(form.group("position"));
      int layer = form.group("layer") == null ? 0 : Integer.parseInt(form.group("layer"));
      int head = form.group("head") == null ? 0 : Integer.parseInt(form.group("head"));
      var architecture = run.model().architecture();
      if (position < run.length()
          && layer < architecture.layers()
          && head < architecture.block().attention().heads().heads()) {
        FlowKind kind =
            form.group("layer") == null
                ? FlowKind.EMBED
                : form.group("head") == null ? FlowKind.MLP : FlowKind.HEAD;
        return new FlowWriter(kind, layer, head, position, 0);
      }
    }
    throw new FlowException(
        "flow: expected a head, an MLP or an embedding of this run, such as L4H6@13, L2M@9 or embed@3, got %s; take the id of a node"
            .formatted(id));
  }

  /// What it writes, \[d_model\].
  Tensor vector(Run run) {
    return switch (kind) {
      case HEAD -> HeadLayer.of(run, layer).outputs(List.of(position)).select(0, 0).select(0, head);
      case MLP -> run.activation(HookPoint.MLP_OUT.at(layer), position);
      default -> run.activation(HookPoint.EMBED.once(), position);
    };
  }
}
