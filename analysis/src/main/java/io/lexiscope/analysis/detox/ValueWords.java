package io.lexiscope.analysis.detox;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;

/// The words at both ends of a value vector, against the mean word.
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
    VectorReading reading =
        TensorScope.tidy(
            () ->
                model
                    .reader()
                    .read(
                        Linears.rowsAreInputs(
                                model
                                    .transformer()
                                    .weights()
                                    .blocks()
                                    .get(neuron.layer())
                                    .mlp()
                                    .out())
                            .indexSelect(0, Tensors.ofLongs(neuron.index())),
                        ReadingRequest.words(count, count))
                    .getFirst());
    return new ValueWords(
        reading.top().stream().map(TokenReading::id).toList(),
        reading.bottom().stream().map(TokenReading::id).toList());
  }
}
