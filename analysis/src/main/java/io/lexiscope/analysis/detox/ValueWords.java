package io.lexiscope.analysis.detox;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.Unembedding;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.List;
import java.util.OptionalDouble;

/// The words at both ends of a value vector by raw score `e_w · v`.
///
/// @param top ids of the words it promotes most
/// @param bottom ids of the words it suppresses most
public record ValueWords(List<Integer> top, List<Integer> bottom) {

  /// Copies the lists.
  public ValueWords {
    top = List.copyOf(top);
    bottom = List.copyOf(bottom);
  }

  /// Of one neuron.
  public static ValueWords of(LanguageModel model, Target.Neuron neuron, int count) {
    Transformer transformer = model.transformer();
    return TensorScope.tidy(
        () -> {
          Tensor row =
              Linears.rowsAreInputs(transformer.weights().blocks().get(neuron.layer()).mlp().out())
                  .indexSelect(0, Tensors.ofLongs(neuron.index()));
          VocabularyReading reading =
              VocabularyReadout.read(
                      row,
                      new Unembedding(
                          transformer.unembedding().weight(),
                          /* bias= */ null,
                          OptionalDouble.empty()),
                      new VocabularyReadout.Request(count, count, List.of()))
                  .getFirst();
          return new ValueWords(
              reading.top().stream().map(VocabularyReading.TokenLogit::id).toList(),
              reading.bottom().stream().map(VocabularyReading.TokenLogit::id).toList());
        });
  }
}
