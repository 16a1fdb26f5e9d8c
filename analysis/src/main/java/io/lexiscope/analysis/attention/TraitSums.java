package io.lexiscope.analysis.attention;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up what one head does over positions and prompts.
final class TraitSums {
  private final Map<HeadTrait, double[]> sums = new EnumMap<>(HeadTrait.class);

  private void add(HeadTrait trait, double value) {
    double[] sum = sums.computeIfAbsent(trait, _ -> new double[2]);
    sum[0] += value;
    sum[1]++;
  }

  /// @param ids of the prompt
  /// @param pattern [query_pos, key_pos], row by row
  void add(int[] ids, float[] pattern, @Nullable AttendPattern looked) {
    int length = ids.length;
    for (int query = 1; query < length; query++) {
      Row row = Row.of(ids, pattern, query);
      add(HeadTrait.SELF, pattern[query * length + query]);
      add(HeadTrait.PREVIOUS, pattern[query * length + query - 1]);
      add(HeadTrait.SINK, pattern[query * length]);
      add(HeadTrait.ENTROPY, row.entropy);
      add(HeadTrait.DISTANCE, row.distance);
      add(HeadTrait.SPREAD, row.square - row.distance * row.distance);
      Row.Again again = row.again;
      if (again != null) {
        add(HeadTrait.DUPLICATE, again.duplicate);
        add(HeadTrait.INDUCTION, again.induction);
      }
    }
    if (looked != null) {
      match(length, pattern, looked);
    }
  }

  private void match(int length, float[] pattern, AttendPattern looked) {
    for (int query = 0; query < length; query++) {
      double most =
          looked.rows().get(query).stream().mapToDouble(Double::doubleValue).max().orElse(0);
      if (most > 0) {
        double there = 0;
        for (int key = 0; key < length; key++) {
          there += pattern[query * length + key] * looked.rows().get(query).get(key) / most;
        }
        add(HeadTrait.MATCH, there);
      }
    }
  }

  /// @param pattern [query_pos, key_pos], row by row
  /// @param pushes of the value at each position on its own word, for scales of 1
  /// @param scales of each position that looks
  void addCopies(float[] pattern, float[] pushes, float[] scales) {
    int length = pushes.length;
    for (int query = 1; query < length; query++) {
      double push = 0;
      for (int key = 0; key <= query; key++) {
        push += pattern[query * length + key] * pushes[key];
      }
      add(HeadTrait.COPIES, push / scales[query]);
    }
  }

  Map<HeadTrait, Double> means() {
    Map<HeadTrait, Double> means = new EnumMap<>(HeadTrait.class);
    sums.forEach((trait, sum) -> means.put(trait, sum[0] / sum[1]));
    return means;
  }

  /// What one row of a pattern comes to.
  ///
  /// @param again attention to what the token's earlier places stand for; null where it has none
  private record Row(@Nullable Again again, double entropy, double distance, double square) {
    /// Attention to earlier places of the same token, and to what followed them.
    record Again(double duplicate, double induction) {}

    static Row of(int[] ids, float[] pattern, int query) {
      int length = ids.length;
      boolean same = false;
      double duplicate = 0;
      double induction = 0;
      double entropy = 0;
      double distance = 0;
      double square = 0;
      for (int key = 0; key <= query; key++) {
        double weight = pattern[query * length + key];
        double back = query - key;
        entropy -= weight > 0 ? weight * Math.log(weight) : 0;
        distance += weight * back;
        square += weight * back * back;
        if (key < query && ids[key] == ids[query]) {
          same = true;
          duplicate += weight;
        }
        if (key > 0 && ids[key - 1] == ids[query]) {
          induction += weight;
        }
      }
      return new Row(same ? new Again(duplicate, induction) : null, entropy, distance, square);
    }
  }
}
