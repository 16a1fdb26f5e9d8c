package io.lexiscope.analysis.tracing;

import io.lexiscope.model.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What moving a value by one standard deviation does to the answer, at the position of a layer
/// where it can be read best.
///
/// @param layer from 0
/// @param position from 0; null for all joined
/// @param value its name
/// @param verdict in a word
/// @param effect in numbers
public record CausalCheck(
    int layer, @Nullable Integer position, String value, Verdict verdict, Effect effect) {
  private static final int PROMPTS = 24;

  /// Root mean squares of the answer's change, in standard deviations of the answer.
  ///
  /// @param along the direction in which activations follow the value
  /// @param random a random direction, as far
  public record Effect(double along, double random) {}

  static CausalCheck of(
      MovedRuns runs,
      TracedPrompts prompts,
      ValueDirection direction,
      SiteTrace site,
      int value,
      long seed) {
    List<TracedPrompt> some =
        IntStream.range(0, prompts.prompts().size())
            .filter(TracedPrompts::tests)
            .limit(PROMPTS)
            .mapToObj(prompts.prompts()::get)
            .toList();
    double deviation = deviation(prompts.numbers(value));
    double by = direction.scale().slope() * deviation;
    ValueDirection random = direction.random(seed);
    List<Rows.Row> rows = new ArrayList<>();
    some.forEach(prompt -> rows.add(MovedRuns.row(prompt.tokens())));
    some.forEach(prompt -> rows.add(new Rows.Row(prompt.tokens(), direction.moved(by))));
    some.forEach(prompt -> rows.add(new Rows.Row(prompt.tokens(), random.moved(by))));
    double[] answers = runs.answers(rows);
    int count = some.size();
    double spread = deviation(Arrays.copyOf(answers, count));
    double along = change(answers, count, count) / spread;
    double astray = change(answers, count, 2 * count) / spread;
    return new CausalCheck(
        site.layer(),
        site.position(),
        prompts.names().get(value),
        spread > 0
            ? Verdict.of(site.values().get(value).linear().ridge(), along, astray)
            : Verdict.UNDETERMINED,
        new Effect(along, astray));
  }

  private static double change(double[] answers, int count, int from) {
    double square = 0;
    for (int i = 0; i < count; i++) {
      square += Math.pow(answers[from + i] - answers[i], 2) / count;
    }
    return Math.sqrt(square);
  }

  private static double deviation(double[] numbers) {
    double mean = Arrays.stream(numbers).average().orElse(Double.NaN);
    return Math.sqrt(
        Arrays.stream(numbers).map(n -> (n - mean) * (n - mean)).average().orElse(Double.NaN));
  }
}
