package io.lexiscope.analysis.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The published colours.
///
/// @see <a href="https://github.com/shacharKZ/VISIT-Visualizing-Transformers">the authors'
///   graph_configs.py, default palette</a>
public final class VisitColours {
  /// Behind everything.
  public static final String GROUND = "#000000";

  static final String NORM = "#9400d3";
  static final String BEFORE_ATTENTION = "#6600cc4d";
  static final String BEFORE_MLP = "#3366994d";
  static final String BIAS = "#ffc0cb";
  static final String UNREAD = "#ffffff";
  static final String HIDDEN = "#000000";
  static final String TOP = "#0000ff";
  static final String BOTTOM = "#ff0000";

  /// Bits at which the map of entropies ends; it is flat beyond half of them.
  private static final double MOST_BITS = 30;

  private static final List<Integer> RANKS = ranks();
  private static final List<Integer> ENTROPIES = List.of(0x2f4f4f, 0xd3d3d3, 0xd3d3d3);
  private static final List<Integer> WEIGHTS = List.of(0xf0e68c, 0xffff00, 0x008000);

  private VisitColours() {}

  private static List<Integer> ranks() {
    List<Integer> stops = new ArrayList<>();
    stops.add(0x00ff00);
    stops.add(0xadff2f);
    add(stops, 3, 0xffff00);
    add(stops, 53, 0x696969);
    add(stops, 3, 0xff4500);
    add(stops, 4, 0xff0000);
    add(stops, 5, 0x8b0000);
    return List.copyOf(stops);
  }

  private static void add(List<Integer> stops, int times, int colour) {
    for (int i = 0; i < times; i++) {
      stops.add(colour);
    }
  }

  /// Of a node: lime where the target leads, dark red where it is last.
  ///
  /// @param rank of the target, from 1
  /// @param vocabulary number of words
  public static String ofRank(int rank, int vocabulary) {
    return at(RANKS, vocabulary < 2 ? 0 : (rank - 1.0) / (vocabulary - 1.0));
  }

  /// Of an edge by what goes along it: dark where its words are decided, light where they are not.
  ///
  /// @param bits entropy of its words
  public static String ofEntropy(double bits) {
    return at(ENTROPIES, bits / MOST_BITS);
  }

  /// Of an edge of attention: khaki at 0, yellow at one half, green at 1.
  ///
  /// @param weight of attention, 0 to 1
  public static String ofWeight(double weight) {
    return at(WEIGHTS, weight);
  }

  private static String at(List<Integer> stops, double share) {
    double place = Math.clamp(Double.isNaN(share) ? 1 : share, 0, 1) * (stops.size() - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(stops.size() - 1, below + 1);
    double part = place - below;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      double from = (stops.get(below) >> shift) & 0xff;
      double to = (stops.get(above) >> shift) & 0xff;
      colour |= (int) Math.round(from + part * (to - from)) << shift;
    }
    return String.format(Locale.ROOT, "#%06x", colour);
  }
}
