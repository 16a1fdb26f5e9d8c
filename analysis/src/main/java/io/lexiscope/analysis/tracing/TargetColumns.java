package io.lexiscope.analysis.tracing;

import io.lexiscope.base.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The numbers that a place is asked for: the values, the same in another order of the prompts, and
/// cosine and sine of each at some periods.
final class TargetColumns {
  /// Periods of digits and halves of the decimal notation.
  static final List<Double> PERIODS = List.of(2.0, 5.0, 10.0, 100.0);

  private static final int FREE_PERIODS = 16;

  private final List<double[]> columns = new ArrayList<>();
  private final List<Double> periods = new ArrayList<>(PERIODS);
  private final int values;

  private TargetColumns(List<double[]> values) {
    this.values = values.size();
    this.columns.addAll(values);
  }

  /// The values alone.
  static TargetColumns valuesOnly(TracedPrompts prompts) {
    return new TargetColumns(
        IntStream.range(0, prompts.names().size()).mapToObj(prompts::numbers).toList());
  }

  TargetColumns(TracedPrompts prompts, long seed) {
    values = prompts.names().size();
    int count = prompts.prompts().size();
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    Seeded.shuffle(order, Seeded.stream("tracing/shuffled", seed, /* index= */ 0));
    List<double[]> numbers = new ArrayList<>();
    double narrowest = Double.POSITIVE_INFINITY;
    for (int value = 0; value < values; value++) {
      double[] of = prompts.numbers(value);
      numbers.add(of);
      narrowest =
          Math.min(
              narrowest,
              Arrays.stream(of).max().orElseThrow() - Arrays.stream(of).min().orElseThrow());
    }
    // A circle that is not gone round twice is hardly more than a bent line.
    double longest = Math.max(3, narrowest / 2);
    for (int i = 0; i < FREE_PERIODS; i++) {
      periods.add(2 * Math.pow(longest / 2, i / (FREE_PERIODS - 1.0)));
    }
    columns.addAll(numbers);
    for (double[] of : numbers) {
      double[] shuffled = new double[count];
      for (int i = 0; i < count; i++) {
        shuffled[i] = of[order[i]];
      }
      columns.add(shuffled);
    }
    for (double[] of : numbers) {
      for (double period : periods) {
        double[] cosine = new double[count];
        double[] sine = new double[count];
        for (int i = 0; i < count; i++) {
          cosine[i] = Math.cos(2 * Math.PI * of[i] / period);
          sine[i] = Math.sin(2 * Math.PI * of[i] / period);
        }
        columns.add(cosine);
        columns.add(sine);
      }
    }
  }

  int count() {
    return columns.size();
  }

  /// Values and shuffled values.
  int linear() {
    return 2 * values;
  }

  /// The first numbers of some prompts, row-major.
  double[] rows(List<Integer> prompts, int first) {
    double[] rows = new double[prompts.size() * first];
    for (int row = 0; row < prompts.size(); row++) {
      for (int column = 0; column < first; column++) {
        rows[row * first + column] = columns.get(column)[prompts.get(row)];
      }
    }
    return rows;
  }

  int shuffled(int value) {
    return values + value;
  }

  /// Fixed periods first, then the free ones.
  List<Double> periods() {
    return periods;
  }

  int cosine(int value, int period) {
    return 2 * values + 2 * (value * periods.size() + period);
  }
}
