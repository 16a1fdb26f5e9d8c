package io.lexiscope.analysis.detox;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.text.NeuronHabit;
import io.lexiscope.model.text.TextStatistics;
import io.lexiscope.tensor.Autograd;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.function.ToDoubleBiFunction;
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
    Sums sums = sums(texts);
    return sums.effects(
        (layer, neuron) -> 1, (layer, neuron) -> sums.change(layer, neuron, coefficient));
  }

  /// For each neuron the first-order change of R when its coefficient becomes its mean plus or
  /// minus some of its own spreads at every position: the sign is the one that lowers R more.
  ///
  /// @param texts what the unchanged model says
  /// @param spreads means and standard deviations of the coefficients, on a text of the model's
  /// @param number how many standard deviations
  public NeuronEffects effects(List<Continued> texts, TextStatistics spreads, double number) {
    Sums sums = sums(texts);
    return sums.effects(
        (layer, neuron) -> sums.gradients[layer][neuron] > 0 ? -1 : 1,
        (layer, neuron) -> {
          NeuronHabit habit = spreads.habit(new NeuronName(layer, neuron));
          int sign = sums.gradients[layer][neuron] > 0 ? -1 : 1;
          return sums.change(layer, neuron, habit.mean() + sign * number * habit.deviation());
        });
  }

  /// Sums over positions and texts: ∂R/∂m, and ∂R/∂m · m.
  private static final class Sums {
    private final double[][] gradients;
    private final double[][] weighted;
    private final int texts;

    Sums(int layers, int neurons, int texts) {
      this.gradients = new double[layers][neurons];
      this.weighted = new double[layers][neurons];
      this.texts = texts;
    }

    /// Σ ∂R/∂m · (to − m), a mean over texts.
    double change(int layer, int neuron, double to) {
      return (gradients[layer][neuron] * to - weighted[layer][neuron]) / texts;
    }

    NeuronEffects effects(IntBinaryOperator signs, ToDoubleBiFunction<Integer, Integer> changes) {
      double[][] effects = new double[gradients.length][];
      int[][] turned = new int[gradients.length][];
      for (int i = 0; i < effects.length; i++) {
        int layer = i;
        int neurons = gradients[layer].length;
        effects[layer] =
            IntStream.range(0, neurons)
                .mapToDouble(neuron -> changes.applyAsDouble(layer, neuron))
                .toArray();
        turned[layer] =
            IntStream.range(0, neurons).map(neuron -> signs.applyAsInt(layer, neuron)).toArray();
      }
      return new NeuronEffects(effects, turned);
    }
  }

  private Sums sums(List<Continued> texts) {
    int layers = model.architecture().layers();
    int neurons = model.architecture().dimensions().dMlp();
    Sums sums = new Sums(layers, neurons, texts.size());
    for (List<Continued> part : parts(texts)) {
      TensorScope.tidyRun(() -> add(part, sums));
    }
    return sums;
  }

  private void add(List<Continued> part, Sums sums) {
    int layers = sums.gradients.length;
    Taps taps = new Taps(Set.of(), coefficients(layers));
    try (Backward backward = Backward.of(model, batch(part), taps, last -> pull(part, last))) {
      for (int layer = 0; layer < layers; layer++) {
        HookName place = HookPoint.MLP_POST.at(layer);
        Tensor gradient = backward.gradient(place);
        add(sums.gradients[layer], gradient);
        add(sums.weighted[layer], gradient.mul(backward.activation(place)));
      }
    }
  }

  private static void add(double[] to, Tensor each) {
    float[] some = each.sum(1, /* keepAxis= */ false).sum(0, /* keepAxis= */ false).toFloats();
    for (int i = 0; i < to.length; i++) {
      to[i] += some[i];
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
