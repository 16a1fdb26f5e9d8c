package io.lexiscope.analysis.flow;

/// Something that writes into the stream at one position and may be shown.
///
/// @param kind head, MLP or embedding
/// @param layer from 0
/// @param head of a head; 0 for others
/// @param position from 0
/// @param influence the share of the prediction that passes through it
record FlowWriter(FlowKind kind, int layer, int head, int position, double influence) {
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
}
