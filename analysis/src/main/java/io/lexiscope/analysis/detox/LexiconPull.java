package io.lexiscope.analysis.detox;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Autograd;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How strongly given continuations pull towards words: the expected number of lexicon tokens, `R =
/// 1/N Σ Σ p(w | tokens before)` over N texts, their positions from the last of the prompt on, and
/// the lexicon's first tokens w; and how it changes with the coefficient of each neuron.
///
/// @param model the network, with what is in force
/// @param lexicon first tokens of the words
public record LexiconPull(LanguageModel model, Set<Integer> lexicon) {
  /// Texts run side by side.
  private static final int ROWS = 32;

  /// Copies the lexicon.
  public LexiconPull {
    lexicon = Set.copyOf(lexicon);
  }

  /// The expected number of lexicon tokens in a text.
  public double expected(List<Continued> texts) {
    double sum = 0;
    for (List<Continued> part : parts(texts)) {
      sum +=
          Autograd.noGrad(
              () -> {
                double[] value = new double[1];
                TensorScope.tidyRun(
                    () -> {
                      TokenBatch batch = batch(part);
                      ActiveHooks hooks =
                          new ActiveHooks(
                              Recording.nothing(),
                              model.interventions().changes(/* past= */ 0, batch.length()));
                      Tensor last = model.onDevice().forward(batch, hooks, /* cache= */ null);
                      value[0] = pull(part, last).item();
                    });
                return value[0];
              });
    }
    return sum / texts.size();
  }

  /// For each neuron the first-order change of R when its coefficient becomes `coefficient` at
  /// every position: `Σ ∂R/∂m · (coefficient − m)`. One backward pass gives those of all neurons.
  ///
  /// @param texts what the unchanged model says
  /// @param coefficient in post-activation units
  public NeuronEffects effects(List<Continued> texts, double coefficient) {
    Dimensions dimensions = model.architecture().dimensions();
    double[][] sums = new double[model.architecture().layers()][dimensions.dMlp()];
    for (List<Continued> part : parts(texts)) {
      TensorScope.tidyRun(() -> addEffects(part, coefficient, sums));
    }
    for (double[] layer : sums) {
      for (int i = 0; i < layer.length; i++) {
        layer[i] /= texts.size();
      }
    }
    return new NeuronEffects(sums);
  }

  private void addEffects(List<Continued> part, double coefficient, double[][] sums) {
    Taps taps = new Taps(Set.of(), coefficients(sums.length));
    try (Backward backward = Backward.of(model, batch(part), taps, last -> pull(part, last))) {
      for (int layer = 0; layer < sums.length; layer++) {
        HookName place = HookPoint.MLP_POST.at(layer);
        float[] effect =
            backward
                .gradient(place)
                .mul(backward.activation(place).neg().add(coefficient))
                .sum(1, /* keepAxis= */ false)
                .sum(0, /* keepAxis= */ false)
                .toFloats();
        for (int i = 0; i < effect.length; i++) {
          sums[layer][i] += effect[i];
        }
      }
    }
  }

  private static Set<HookName> coefficients(int layers) {
    return IntStream.range(0, layers)
        .mapToObj(HookPoint.MLP_POST::at)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// The summed probability of lexicon tokens after the prompts, a scalar.
  ///
  /// @param last the last stream of the texts, [text, pos, d_model]
  private Tensor pull(List<Continued> part, Tensor last) {
    long length = last.size(1);
    List<Long> places = new ArrayList<>();
    for (int row = 0; row < part.size(); row++) {
      Continued text = part.get(row);
      int end = text.prompt().size() + Math.max(1, text.continuation().size()) - 1;
      for (int position = text.prompt().size() - 1; position < end; position++) {
        places.add(row * length + position);
      }
    }
    Tensor read =
        last.to(Device.CPU)
            .reshape(-1, last.size(-1))
            .indexSelect(0, Tensors.ofLongs(places.stream().mapToLong(Long::longValue).toArray()));
    long[] words = lexicon.stream().sorted().mapToLong(Integer::longValue).toArray();
    return model
        .transformer()
        .logits(read.unsqueeze(0))
        .softmax(-1)
        .indexSelect(2, Tensors.ofLongs(words))
        .sum();
  }

  private static TokenBatch batch(List<Continued> part) {
    return new TokenBatch(part.stream().map(Continued::all).toList(), /* padding= */ 0);
  }

  private static List<List<Continued>> parts(List<Continued> texts) {
    List<List<Continued>> parts = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += ROWS) {
      parts.add(texts.subList(from, Math.min(from + ROWS, texts.size())));
    }
    return parts;
  }
}
