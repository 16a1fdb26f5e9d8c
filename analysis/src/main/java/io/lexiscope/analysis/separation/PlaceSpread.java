package io.lexiscope.analysis.separation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is summed up of one place at one position. Confined to one thread.
final class PlaceSpread {
  private final double[][] means;
  private final int[] taught = new int[2];
  private final List<Scored> scored = new ArrayList<>();
  private double within;
  private double whole;

  private record Scored(double score, boolean first) {}

  PlaceSpread(int width) {
    means = new double[2][width];
  }

  void teach(boolean first, float[] values, int from) {
    double[] sum = means[first ? 0 : 1];
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[from + i];
    }
    taught[first ? 0 : 1]++;
  }

  /// Turns sums to means; to be called once, between teaching and testing.
  void taught() {
    for (int group = 0; group < 2; group++) {
      for (int i = 0; i < means[group].length; i++) {
        means[group][i] /= Math.max(1, taught[group]);
      }
    }
  }

  void test(boolean first, float[] values, int from) {
    double score = 0;
    double all = taught[0] + taught[1];
    for (int i = 0; i < means[0].length; i++) {
      double value = values[from + i];
      double centre = (taught[0] * means[0][i] + taught[1] * means[1][i]) / all;
      score += (means[0][i] - means[1][i]) * value;
      within += Math.pow(value - means[first ? 0 : 1][i], 2);
      whole += Math.pow(value - centre, 2);
    }
    scored.add(new Scored(score, first));
  }

  /// Area under the curve of the testing inputs along the difference of the means: how likely one
  /// of the first group lies further than one of the second, ½ for equal.
  double area() {
    List<Scored> sorted = new ArrayList<>(scored);
    sorted.sort(Comparator.comparingDouble(Scored::score));
    double ranks = 0;
    long firsts = 0;
    for (int from = 0; from < sorted.size(); ) {
      int end = from + 1;
      while (end < sorted.size() && sorted.get(end).score() == sorted.get(from).score()) {
        end++;
      }
      double rank = (from + 1 + end) / 2.0;
      for (int i = from; i < end; i++) {
        if (sorted.get(i).first()) {
          ranks += rank;
          firsts++;
        }
      }
      from = end;
    }
    long others = sorted.size() - firsts;
    return firsts == 0 || others == 0
        ? 0.5
        : (ranks - firsts * (firsts + 1) / 2.0) / ((double) firsts * others);
  }

  /// Share of the testing inputs' variance that is explained by which group they are of: `1 − Σ‖x −
  /// x̄_g‖² / Σ‖x − x̄‖²`, means of what taught.
  double explained() {
    return whole > 0 ? 1 - within / whole : 0;
  }
}
