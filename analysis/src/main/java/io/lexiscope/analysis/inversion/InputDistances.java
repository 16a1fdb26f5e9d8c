package io.lexiscope.analysis.inversion;

import java.util.Arrays;
import java.util.stream.IntStream;

/// How far the activation of each input of a space is from a query's. Plain numbers.
public final class InputDistances {
  /// The distance of an input at which nothing was compared, as published.
  static final double FAR = 1e3;

  private final float[] distances;
  private final short[] positions;

  InputDistances(int size) {
    distances = new float[size];
    positions = new short[size];
    Arrays.fill(distances, (float) FAR);
  }

  void offer(int input, double distance, int position) {
    if (distance < distances[input]) {
      distances[input] = (float) distance;
      positions[input] = (short) position;
    }
  }

  /// How many inputs.
  public int size() {
    return distances.length;
  }

  /// The distance of an input, at the position where it is smallest; 1000 where no position was
  /// compared, as published.
  public double of(int input) {
    return distances[input];
  }

  /// The position of an input at which it is nearest, from 0.
  public int position(int input) {
    return positions[input];
  }

  /// How many inputs are within ε.
  public int sizeAt(double epsilon) {
    int count = 0;
    for (float distance : distances) {
      count += distance <= (float) epsilon ? 1 : 0;
    }
    return count;
  }

  /// The inputs within ε, in the order of the space.
  public IntStream members(double epsilon) {
    return IntStream.range(0, distances.length)
        .filter(input -> distances[input] <= (float) epsilon);
  }

  /// The nearest inputs, nearest first; equal distances in the order of the space.
  ///
  /// @param count how many at most
  public int[] nearest(int count) {
    float[] sorted = distances.clone();
    Arrays.sort(sorted);
    int wanted = Math.min(count, sorted.length);
    if (wanted == 0) {
      return new int[0];
    }
    float last = sorted[wanted - 1];
    return IntStream.range(0, distances.length)
        .filter(input -> distances[input] <= last)
        .boxed()
        .sorted((a, b) -> Float.compare(distances[a], distances[b]))
        .limit(wanted)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
