package io.lexiscope.analysis.detox;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the value vectors that promote words: those with the highest mean vector score over the
/// words, how far they stand above what the vector gives the mean word, in standard deviations of
/// what it gives all words. A long vector that promotes other words more is not among them.
public final class WordPromotion {
  private WordPromotion() {}

  /// The strongest promoters in the whole model, strongest first, ties by layer and index.
  ///
  /// @param words token ids
  /// @param count how many
  /// @throws io.lexiscope.model.forward.ForwardException if the model has no unembedding
  public static List<NeuronEffects.Effect> strongest(
      LanguageModel model, List<Integer> words, int count) {
    CentredUnembedding unembedding = model.reader().unembedding();
    long[] ids = words.stream().mapToLong(Integer::longValue).toArray();
    List<NeuronEffects.Effect> all = new ArrayList<>();
    for (int layer = 0; layer < model.architecture().layers(); layer++) {
      int from = layer;
      TensorScope.tidyRun(
          () -> {
            Tensor values =
                unembedding.fold(
                    Linears.rowsAreInputs(
                        model.transformer().weights().blocks().get(from).mlp().out()));
            Tensor direction =
                unembedding
                    .linear()
                    .weight()
                    .indexSelect(0, Tensors.ofLongs(ids))
                    .to(DType.FLOAT32)
                    .mean(0, /* keepAxis= */ false)
                    .unsqueeze(1);
            float[] logits = values.matmul(direction).toFloats();
            double[] means = unembedding.means(values);
            double[] spreads = unembedding.spreads(values);
            for (int index = 0; index < logits.length; index++) {
              double score = (logits[index] - means[index]) / spreads[index];
              all.add(
                  new NeuronEffects.Effect(
                      new Target.Neuron(from, index),
                      Double.isFinite(score) ? score : 0,
                      /* sign= */ 1));
            }
          });
    }
    all.sort(Comparator.comparingDouble(NeuronEffects.Effect::effect).reversed());
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }
}
