package io.lexiscope.analysis.survey;

import io.lexiscope.analysis.lens.VectorLens;
import io.lexiscope.base.Estimate;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Finds neurons that are among the most active of their layer whatever the prompt: by activation,
/// or by its size where a gate can make it negative.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, §5.3</a>
final class ActiveSurvey {
  /// Value vectors of a layer whose entropy its always active neurons are held against.
  private static final int SAMPLE = 256;

  private final LanguageModel model;
  private final SurveyPlan plan;
  private final boolean bySize;
  private final List<int[]> hits = new ArrayList<>();
  private int prompts;

  ActiveSurvey(LanguageModel model, SurveyPlan plan) {
    this.model = model;
    this.plan = plan;
    this.bySize = model.architecture().block().mlp() instanceof Mlp.Gated;
    for (int layer = 0; layer < model.architecture().layers(); layer++) {
      hits.add(new int[width(layer)]);
    }
  }

  static Recording recording() {
    return Recording.of(HookPoint.MLP_POST).at(-1);
  }

  private Linear<Tensor> out(int layer) {
    return model.transformer().weights().blocks().get(layer).mlp().out();
  }

  private int width(int layer) {
    return TensorScope.tidy(() -> (int) Linears.rowsAreInputs(out(layer)).size(0));
  }

  /// How many neurons of so many count as the most active.
  static int most(int width, SurveyPlan.ActiveRule rule) {
    return Math.max(1, (int) Math.round(width * rule.top()));
  }

  /// Adds one prompt, read at its last position.
  void add(Run run) {
    prompts++;
    for (int layer = 0; layer < hits.size(); layer++) {
      int[] counts = hits.get(layer);
      int at = layer;
      TensorScope.tidyRun(
          () -> {
            Tensor active = run.activation(HookPoint.MLP_POST.at(at), run.length() - 1);
            Tensor size = bySize ? active.abs() : active;
            long[] first =
                size.topK(most(counts.length, plan.rule()), -1, /* largest= */ true)
                    .indices()
                    .toLongs();
            LongStream.of(first).forEach(neuron -> counts[(int) neuron]++);
          });
    }
  }

  List<ActiveNeuron> neurons() {
    List<ActiveNeuron> found = new ArrayList<>();
    for (int layer = 0; layer < hits.size(); layer++) {
      int at = layer;
      int[] counts = hits.get(layer);
      List<Integer> always =
          IntStream.range(0, counts.length)
              .boxed()
              .filter(neuron -> counts[neuron] >= plan.rule().prompts() * prompts)
              .sorted(Comparator.comparingInt((Integer neuron) -> -counts[neuron]))
              .toList();
      if (!always.isEmpty()) {
        TensorScope.tidyRun(() -> found.addAll(read(at, always)));
      }
    }
    return found;
  }

  private List<ActiveNeuron> read(int layer, List<Integer> always) {
    Tensor rows = Linears.rowsAreInputs(out(layer));
    float[] lengths = rows.norm(-1, /* keepAxis= */ false).toFloats();
    int[] sample = IntStream.range(0, lengths.length).toArray();
    Seeded.shuffle(sample, Seeded.stream("survey neurons", plan.seed(), layer));
    double mean =
        VectorLens.of(model)
            .read(
                some(rows, IntStream.of(sample).limit(SAMPLE).boxed().toList()),
                ReadingRequest.words(0, 0))
            .stream()
            .mapToDouble(VectorReading::entropy)
            .average()
            .orElse(Double.NaN);
    List<VectorReading> readings =
        VectorLens.of(model).read(some(rows, always), ReadingRequest.words(plan.words(), 0));
    List<ActiveNeuron> found = new ArrayList<>();
    for (int i = 0; i < always.size(); i++) {
      int neuron = always.get(i);
      long shorter =
          IntStream.range(0, lengths.length).filter(j -> lengths[j] < lengths[neuron]).count();
      found.add(
          new ActiveNeuron(
              layer,
              neuron,
              Estimate.proportion(hits.get(layer)[neuron], prompts),
              new ActiveVector(
                  lengths[neuron],
                  (double) shorter / lengths.length,
                  readings.get(i).entropy() / Math.log(2),
                  mean / Math.log(2)),
              readings.get(i).top()));
    }
    return found;
  }

  private static Tensor some(Tensor rows, List<Integer> of) {
    return rows.indexSelect(
        0, Tensors.ofLongs(of.stream().mapToLong(Integer::longValue).toArray()));
  }

  /// How many neurons would pass the rule if each prompt drew its most active ones by chance.
  double byChance() {
    double expected = 0;
    int needed = (int) Math.ceil(plan.rule().prompts() * prompts);
    for (int[] layer : hits) {
      double p = (double) most(layer.length, plan.rule()) / layer.length;
      expected += layer.length * atLeast(needed, prompts, p);
    }
    return expected;
  }

  /// P(Binomial(n, p) ≥ k).
  static double atLeast(int k, int n, double p) {
    if (p >= 1) {
      return 1;
    }
    double sum = 0;
    double term = n * Math.log1p(-p); // its logarithm: a term may be smaller than any double
    for (int i = 0; i <= n; i++) {
      if (i >= k) {
        sum += Math.exp(term);
      }
      term += Math.log((double) (n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p);
    }
    return Math.min(1, sum);
  }
}
