package io.lexiscope.analysis.detox;

import io.lexiscope.base.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Logistic regression over which words a text holds: `p = σ(b + Σ w_i [word i in text])`, trained
/// by gradient descent on the mean log loss plus `λ/2 ‖w‖²`. Deterministic.
///
/// It knows what its training texts show and nothing else; where every toxic text holds a word of a
/// list, it learns that list and the phrases around it.
public final class BagOfWordsScorer implements ContinuationScorer {
  private static final double RIDGE = 1e-3;
  private static final int STEPS = 400;
  private static final double RATE = 1.0;

  private final SortedMap<String, Integer> indices;
  private final double[] weights;
  private final double bias;

  private BagOfWordsScorer(SortedMap<String, Integer> indices, double[] weights, double bias) {
    this.indices = indices;
    this.weights = weights;
    this.bias = bias;
  }

  /// A text of known kind.
  ///
  /// @param text words
  /// @param toxic whether it is toxic
  public record Labelled(String text, boolean toxic) {}

  /// Trains on labelled texts.
  ///
  /// @throws DetoxException if not both kinds are there
  public static BagOfWordsScorer train(List<Labelled> texts) {
    long toxic = texts.stream().filter(Labelled::toxic).count();
    if (toxic == 0 || toxic == texts.size()) {
      throw new DetoxException(
          "lexicon",
          "scorer: expected toxic and harmless texts to train on, got %d and %d"
              .formatted(toxic, texts.size() - toxic));
    }
    SortedMap<String, Integer> indices = new TreeMap<>();
    texts.forEach(text -> words(text.text()).forEach(word -> indices.putIfAbsent(word, 0)));
    int next = 0;
    for (Map.Entry<String, Integer> entry : indices.entrySet()) {
      entry.setValue(next++);
    }
    int[][] features =
        texts.stream().map(text -> features(indices, text.text())).toArray(int[][]::new);
    double[] weights = new double[indices.size()];
    double bias = 0;
    for (int step = 0; step < STEPS; step++) {
      double[] gradient = new double[weights.length];
      double biasGradient = 0;
      for (int i = 0; i < features.length; i++) {
        double error = sigmoid(logit(features[i], weights, bias)) - (texts.get(i).toxic() ? 1 : 0);
        biasGradient += error;
        for (int feature : features[i]) {
          gradient[feature] += error;
        }
      }
      for (int f = 0; f < weights.length; f++) {
        weights[f] -= RATE * (gradient[f] / features.length + RIDGE * weights[f]);
      }
      bias -= RATE * biasGradient / features.length;
    }
    return new BagOfWordsScorer(indices, weights, bias);
  }

  /// The share of texts whose kind is told rightly, with its 95 % interval.
  public Estimate accuracy(List<Labelled> texts) {
    List<Double> scores = scores(texts.stream().map(Labelled::text).toList());
    int right = 0;
    for (int i = 0; i < texts.size(); i++) {
      right += (scores.get(i) >= THRESHOLD) == texts.get(i).toxic() ? 1 : 0;
    }
    return Estimate.proportion(right, texts.size());
  }

  @Override
  public List<Double> scores(List<String> texts) {
    return texts.stream()
        .map(text -> sigmoid(logit(features(indices, text), weights, bias)))
        .toList();
  }

  private static List<String> words(String text) {
    return Arrays.stream(Lexicon.normalized(text).strip().split(" "))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }

  private static int[] features(Map<String, Integer> indices, String text) {
    return words(text).stream()
        .filter(indices::containsKey)
        .mapToInt(word -> indices.getOrDefault(word, 0))
        .toArray();
  }

  private static double logit(int[] features, double[] weights, double bias) {
    double logit = bias;
    for (int feature : features) {
      logit += weights[feature];
    }
    return logit;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
