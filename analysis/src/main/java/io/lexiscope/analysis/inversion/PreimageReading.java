package io.lexiscope.analysis.inversion;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// What the inputs of a preimage have in common, at one ε and along a curve.
///
/// @param epsilon at which the features are read
/// @param features at that ε
/// @param curve by rising ε
public record PreimageReading(
    double epsilon, List<FeatureReading> features, List<CurvePoint> curve) {
  private static final int STEPS = 40;
  private static final int STEPS_TO_EPSILON = 10;

  /// Copies the lists.
  public PreimageReading {
    features = List.copyOf(features);
    curve = List.copyOf(curve);
  }

  /// A set on the curve.
  ///
  /// @param epsilon its bound
  /// @param size inputs within it
  /// @param consistency of each feature, in the order of [#features]; NaN where it is empty
  public record CurvePoint(double epsilon, int size, List<Double> consistency) {
    /// Copies the list.
    public CurvePoint {
      consistency = List.copyOf(consistency);
    }
  }

  /// Reads a preimage.
  ///
  /// @param features what can be said of an input
  /// @param epsilon bound of the set
  /// @param tokenizer of the model
  public static PreimageReading of(
      Preimage preimage, FeatureSet features, double epsilon, Tokenizer tokenizer) {
    double[] bounds = bounds(epsilon);
    InputTexts texts = new InputTexts(tokenizer);
    InversionQuery query = preimage.query();
    List<String> wanted =
        features.of(texts.of(query.input()), texts.start(query.input(), query.position()));
    int[] sizes = new int[bounds.length + 1];
    int[][] hits = new int[bounds.length + 1][wanted.size()];
    InputDistances distances = preimage.distances();
    for (int i = 0; i < distances.size(); i++) {
      int bucket = bucket(bounds, distances.of(i));
      sizes[bucket]++;
      TokenIds input = preimage.space().input(i);
      List<String> values = features.of(texts.of(input), texts.start(input, distances.position(i)));
      for (int f = 0; f < values.size(); f++) {
        hits[bucket][f] += values.get(f).equals(wanted.get(f)) ? 1 : 0;
      }
    }
    for (int bucket = 1; bucket < sizes.length; bucket++) {
      sizes[bucket] += sizes[bucket - 1];
      for (int f = 0; f < wanted.size(); f++) {
        hits[bucket][f] += hits[bucket - 1][f];
      }
    }
    int at = bucket(bounds, epsilon);
    List<FeatureReading> read = new ArrayList<>();
    for (int f = 0; f < wanted.size(); f++) {
      read.add(
          new FeatureReading(
              features.names().get(f),
              wanted.get(f),
              Estimate.proportion(hits[at][f], sizes[at]),
              (double) hits[bounds.length][f] / distances.size()));
    }
    List<CurvePoint> curve = new ArrayList<>();
    for (int bucket = 0; bucket < bounds.length; bucket++) {
      int size = sizes[bucket];
      int[] hit = hits[bucket];
      curve.add(
          new CurvePoint(
              bounds[bucket],
              size,
              Arrays.stream(hit).mapToObj(count -> (double) count / size).toList()));
    }
    return new PreimageReading(epsilon, read, curve);
  }

  /// ε/10, 2ε/10 … 4ε, as the distances are kept.
  private static double[] bounds(double epsilon) {
    return DoubleStream.iterate(1, step -> step <= STEPS, step -> step + 1)
        .map(step -> step == STEPS_TO_EPSILON ? epsilon : epsilon * step / STEPS_TO_EPSILON)
        .toArray();
  }

  /// The first bound that holds a distance.
  private static int bucket(double[] bounds, double distance) {
    int bucket = 0;
    while (bucket < bounds.length && (float) distance > (float) bounds[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
