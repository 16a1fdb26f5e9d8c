package io.lexiscope.analysis.exit;

import io.lexiscope.model.config.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Logistic regressions on the residual stream after each layer but the last.
///
/// @param threshold score from which on a token leaves, in logits
/// @param weights for each layer one for each dimension
/// @param biases for each layer what is added
public record ExitProbes(double threshold, List<List<Double>> weights, List<Double> biases) {
  /// Copies the lists.
  public ExitProbes {
    weights = weights.stream().map(List::copyOf).toList();
    biases = List.copyOf(biases);
  }

  /// Of a rule.
  public static ExitProbes of(ProbeRule rule) {
    return new ExitProbes(
        rule.threshold(),
        rule.probes().stream()
            .map(
                probe -> {
                  float[] weights = probe.weights();
                  return IntStream.range(0, weights.length)
                      .mapToObj(i -> (double) weights[i])
                      .toList();
                })
            .toList(),
        rule.probes().stream().map(LinearProbe::bias).toList());
  }

  /// The rule.
  ///
  /// @throws ExitException if it is not one for such a network
  public ProbeRule rule(Architecture architecture) {
    ExitException.requireLayers(architecture.layers() - 1, weights.size());
    ExitException.requireLayers(architecture.layers() - 1, biases.size());
    List<LinearProbe> made = new ArrayList<>();
    for (int layer = 0; layer < weights.size(); layer++) {
      List<Double> given = weights.get(layer);
      if (given.size() != architecture.dModel()) {
        throw ExitException.rule(
            "%d weights at layer %d".formatted(architecture.dModel(), layer),
            String.valueOf(given.size()));
      }
      float[] row = new float[given.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = given.get(i).floatValue();
      }
      made.add(new LinearProbe(row, biases.get(layer)));
    }
    return new ProbeRule(made, threshold);
  }
}
