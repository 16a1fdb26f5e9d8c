package io.lexiscope.analysis.flow;

import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What choosing and measuring parts of a sum takes.
final class FlowNumbers {
  private FlowNumbers() {}

  /// The largest by absolute value, until they have a sum or are enough.
  static List<Integer> largest(float[] values, double enough, int most) {
    List<Integer> order =
        IntStream.range(0, values.length)
            .boxed()
            .filter(i -> values[i] != 0)
            .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(values[i])))
            .toList();
    List<Integer> chosen = new ArrayList<>();
    double reached = 0;
    for (int index : order) {
      if (reached >= enough || chosen.size() >= most) {
        break;
      }
      chosen.add(index);
      reached += Math.abs(values[index]);
    }
    return chosen;
  }

  static double absolute(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  static double length(Tensor vector) {
    return vector.norm(-1, /* keepAxis= */ false).item();
  }

  static Tensor longs(List<Integer> positions) {
    return Tensors.ofLongs(positions.stream().mapToLong(Integer::longValue).toArray());
  }
}
