package io.lexiscope.index.vector;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.HookPoint;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.TensorScope;
import java.util.function.LongConsumer;

/// How often each neuron fires on a text: the share of positions at which the argument of its
/// non-linearity is above 0 (of the gate, in a gated MLP), which is where GELU, SiLU and ReLU are.
public final class FiringRates {
  private final float[][] rates;
  private final long positions;

  private FiringRates(float[][] rates, long positions) {
    this.rates = rates;
    this.positions = positions;
  }

  /// Measures.
  ///
  /// @param text its windows of the context's length are each read from their start
  /// @param done hears of the positions read; what it throws ends the work
  public static FiringRates measure(LanguageModel model, TokenIds text, LongConsumer done) {
    int layers = model.architecture().layers();
    int neurons = model.architecture().dimensions().dMlp();
    int window = model.architecture().dimensions().context();
    long[][] fired = new long[layers][neurons];
    for (int start = 0; start < text.size(); start += window) {
      TokenIds ids = text.slice(start, Math.min(text.size(), start + window));
      try (Run run = model.run(ids, Recording.of(HookPoint.MLP_PRE))) {
        for (int layer = 0; layer < layers; layer++) {
          int at = layer;
          float[] counts =
              TensorScope.tidy(
                  () ->
                      run.activation(HookPoint.MLP_PRE.at(at))
                          .select(0, 0)
                          .gt(0)
                          .to(DType.FLOAT32)
                          .sum(0, /* keepAxis= */ false)
                          .toFloats());
          for (int neuron = 0; neuron < neurons; neuron++) {
            fired[layer][neuron] += (long) counts[neuron];
          }
        }
      }
      done.accept(start + ids.size());
    }
    float[][] rates = new float[layers][neurons];
    for (int layer = 0; layer < layers; layer++) {
      for (int neuron = 0; neuron < neurons; neuron++) {
        rates[layer][neuron] = (float) ((double) fired[layer][neuron] / Math.max(1, text.size()));
      }
    }
    return new FiringRates(rates, text.size());
  }

  /// Number of positions read.
  public long positions() {
    return positions;
  }

  /// The share of positions at which a neuron fires, 0 to 1.
  public float of(VectorName.Neuron neuron) {
    return rates[neuron.layer()][neuron.neuron()];
  }
}
