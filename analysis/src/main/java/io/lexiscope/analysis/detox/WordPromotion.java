package io.lexiscope.analysis.detox;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the value vectors that promote words: those with the highest mean score over the words,
/// `(e_w − ē) · v`, without any norm (Geva et al. 2022, §3.1) and above the mean word ē: what a
/// vector gives all words changes no choice.
public final class WordPromotion {
  private WordPromotion() {}

  /// The strongest promoters in the whole model, strongest first, ties by layer and index.
  ///
  /// @param words token ids
  /// @param count how many
  /// @throws DetoxException if the model's MLPs do not write into what the unembedding reads
  public static List<NeuronEffects.Effect> strongest(
      LanguageModel model, List<Integer> words, int count) {
    Transformer transformer = model.transformer();
    long[] ids = words.stream().mapToLong(Integer::longValue).toArray();
    List<NeuronEffects.Effect> all = new ArrayList<>();
    TensorScope.tidyRun(
        () -> {
          Tensor unembedding = transformer.unembedding().weight();
          if (unembedding.size(1) != model.architecture().dModel()) {
            throw new DetoxException(
                "words",
                "detox: expected an unembedding of the residual stream's width %d, got %d; name neurons"
                    .formatted(model.architecture().dModel(), unembedding.size(1)));
          }
          Tensor direction =
              unembedding
                  .indexSelect(0, Tensors.ofLongs(ids))
                  .to(DType.FLOAT32)
                  .mean(0, /* keepAxis= */ false)
                  .sub(unembedding.to(DType.FLOAT32).mean(0, /* keepAxis= */ false))
                  .unsqueeze(1);
          for (int layer = 0; layer < model.architecture().layers(); layer++) {
            Tensor values =
                Linears.rowsAreInputs(transformer.weights().blocks().get(layer).mlp().out());
            float[] scores = values.matmul(direction).toFloats();
            for (int index = 0; index < scores.length; index++) {
              all.add(
                  new NeuronEffects.Effect(
                      new Target.Neuron(layer, index), scores[index], /* sign= */ 1));
            }
          }
        });
    all.sort(Comparator.comparingDouble(NeuronEffects.Effect::effect).reversed());
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }
}
