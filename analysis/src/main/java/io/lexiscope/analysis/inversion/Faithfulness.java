package io.lexiscope.analysis.inversion;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// How much of what a site holds a reading explains: the share of the variance over inputs that
/// goes when each activation is replaced by the mean activation of inputs with equal feature value.
///
/// `η² = 1 − Σ‖z(x) − z̄[g(x)]‖² / Σ‖z(x) − z̄‖²`, means taken on one half of the inputs and the
/// sums on the other; a value not seen in the first half has the overall mean. Negative where a
/// feature explains nothing and its means are noisy.
///
/// @param single η² of each feature, in their order
/// @param pairs η² of two features together, the ten that explain most, best first
/// @param whole η² of the features of the reading together; NaN where it has none
public record Faithfulness(List<Share> single, List<Share> pairs, double whole) {
  private static final int MOST_PAIRS = 10;

  /// Copies the lists.
  public Faithfulness {
    single = List.copyOf(single);
    pairs = List.copyOf(pairs);
  }

  /// A share of variance.
  ///
  /// @param feature one name, or two with `×` between
  /// @param share η²
  public record Share(String feature, double share) {}

  /// Which inputs.
  ///
  /// @param where the part that the compared position plays; not any
  /// @param inputs how many are drawn, two at least
  /// @param seed of the draw
  public record Sample(MatchedPosition where, int inputs, long seed) {}

  /// Measures a site.
  ///
  /// @param model with what is in force
  /// @param space from which the sample is drawn
  /// @param features what can be said of an input
  /// @param reading names of the features that together are the reading
  /// @param turn is asked before each batch
  public static Faithfulness measure(
      LanguageModel model,
      SiteReader reader,
      InputSpace space,
      Sample sample,
      FeatureSet features,
      Set<String> reading,
      Turn turn) {
    RandomGenerator random = Seeded.LXM.from(sample.seed());
    List<TokenIds> inputs =
        IntStream.range(0, sample.inputs())
            .mapToObj(_ -> space.input(random.nextInt(space.size())))
            .toList();
    InputTexts texts = new InputTexts(model.tokenizer());
    Halves halves = new Halves(inputs.size(), reader.width());
    List<List<String>> values = new ArrayList<>();
    new SiteSweep(model, List.of(reader), sample.where(), Set.of())
        .run(
            new ListedSpace(inputs),
            turn,
            (input, _, position, vector, from) -> {
              halves.put(input, vector, from);
              TokenIds ids = inputs.get(input);
              values.add(features.of(texts.of(ids), texts.start(ids, position)));
            });
    List<String> names = features.names();
    List<Share> single = new ArrayList<>();
    List<Share> pairs = new ArrayList<>();
    for (int a = 0; a < names.size(); a++) {
      int first = a;
      single.add(new Share(names.get(a), halves.share(i -> values.get(i).get(first))));
      for (int b = a + 1; b < names.size(); b++) {
        int second = b;
        pairs.add(
            new Share(
                names.get(a) + " × " + names.get(b),
                halves.share(i -> values.get(i).get(first) + "\t" + values.get(i).get(second))));
      }
    }
    pairs.sort((one, other) -> Double.compare(other.share(), one.share()));
    int[] read =
        IntStream.range(0, names.size()).filter(i -> reading.contains(names.get(i))).toArray();
    double whole =
        read.length == 0
            ? Double.NaN
            : halves.share(
                i ->
                    IntStream.of(read)
                        .mapToObj(values.get(i)::get)
                        .reduce("", (text, value) -> text + "\t" + value));
    return new Faithfulness(single, pairs.subList(0, Math.min(MOST_PAIRS, pairs.size())), whole);
  }

  /// Vectors of which every second one teaches and the others test.
  private static final class Halves {
    private final double[][] vectors;
    private double[] mean = {};

    Halves(int inputs, int width) {
      vectors = new double[inputs][width];
    }

    void put(int input, float[] values, int from) {
      for (int i = 0; i < vectors[input].length; i++) {
        vectors[input][i] = values[from + i];
      }
    }

    double share(java.util.function.IntFunction<String> value) {
      Map<String, double[]> sums = new HashMap<>();
      Map<String, Integer> counts = new HashMap<>();
      if (mean.length == 0) {
        mean = mean();
      }
      for (int i = 0; i < vectors.length; i += 2) {
        String key = value.apply(i);
        add(sums.computeIfAbsent(key, _ -> new double[mean.length]), vectors[i]);
        counts.merge(key, 1, Integer::sum);
      }
      sums.forEach(
          (key, sum) -> {
            int count = counts.getOrDefault(key, 1);
            for (int i = 0; i < sum.length; i++) {
              sum[i] /= count;
            }
          });
      double left = 0;
      double all = 0;
      for (int i = 1; i < vectors.length; i += 2) {
        left += square(vectors[i], sums.getOrDefault(value.apply(i), mean));
        all += square(vectors[i], mean);
      }
      return 1 - left / all;
    }

    private double[] mean() {
      double[] sum = new double[vectors[0].length];
      int count = 0;
      for (int i = 0; i < vectors.length; i += 2) {
        add(sum, vectors[i]);
        count++;
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= count;
      }
      return sum;
    }

    private static void add(double[] sum, double[] vector) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }

    private static double square(double[] a, double[] b) {
      double square = 0;
      for (int i = 0; i < a.length; i++) {
        square += (a[i] - b[i]) * (a[i] - b[i]);
      }
      return square;
    }
  }
}
