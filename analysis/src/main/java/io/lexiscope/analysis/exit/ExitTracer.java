package io.lexiscope.analysis.exit;

import io.lexiscope.analysis.ffn.FfnTracer;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.hook.Activations;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Runs prompts and notes what each layer shows at their last positions.
public final class ExitTracer {
  /// Most positions that run together.
  private static final int TOGETHER = 512;

  private final LanguageModel model;
  private final SubUpdateClusters clusters;
  private final LensProjection lens;

  /// A tracer.
  ///
  /// @param model what runs
  /// @param clusters of its value vectors
  /// @throws io.lexiscope.analysis.lens.LensException if the model has no unembedding
  public ExitTracer(LanguageModel model, SubUpdateClusters clusters) {
    this.model = model;
    this.clusters = clusters;
    this.lens = FfnTracer.projection(model);
  }

  /// What each layer shows of prompts at their last positions; prompts of one length run together.
  ///
  /// @param pass runs each batch, in its turn
  /// @return sights of all prompts, in their order
  public ExitTraces trace(List<TokenIds> prompts, Pass pass) {
    Map<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < prompts.size(); i++) {
      byLength.computeIfAbsent(prompts.get(i).size(), length -> new ArrayList<>()).add(i);
    }
    Map<Integer, List<ExitTraces.Sight>> seen = new HashMap<>();
    byLength.forEach(
        (length, members) -> {
          int most = Math.max(1, TOGETHER / length);
          for (int from = 0; from < members.size(); from += most) {
            List<Integer> chosen = members.subList(from, Math.min(members.size(), from + most));
            List<TokenIds> batch = chosen.stream().map(prompts::get).toList();
            List<List<ExitTraces.Sight>> sights = pass.run(() -> batch(batch), batch.size());
            for (int row = 0; row < sights.size(); row++) {
              seen.put(chosen.get(row), sights.get(row));
            }
          }
        });
    var traces = new ExitTraces.Builder(model.architecture().layers());
    for (int i = 0; i < prompts.size(); i++) {
      traces.add(Objects.requireNonNull(seen.get(i)));
    }
    return traces.build();
  }

  /// Runs a batch in its turn. What it throws ends the work.
  @FunctionalInterface
  public interface Pass {
    /// Runs it.
    ///
    /// @param batch gives its sights
    /// @param prompts how many it has
    List<List<ExitTraces.Sight>> run(Supplier<List<List<ExitTraces.Sight>>> batch, int prompts);
  }

  private List<List<ExitTraces.Sight>> batch(List<TokenIds> prompts) {
    return TensorScope.tidy(
        () -> {
          int length = prompts.getFirst().size();
          ActiveHooks hooks =
              new ActiveHooks(
                  Recording.of(HookPoint.RESID_POST, HookPoint.MLP_POST).at(-1),
                  model.interventions().changes(/* past= */ 0, length));
          model
              .transformer()
              .forward(new TokenBatch(prompts, /* padding= */ 0), hooks, /* cache= */ null);
          List<List<ExitTraces.Sight>> sights = new ArrayList<>();
          prompts.forEach(prompt -> sights.add(new ArrayList<>()));
          for (int layer = 0; layer < model.architecture().layers(); layer++) {
            add(hooks.activations(), layer, sights);
          }
          return sights;
        });
  }

  private void add(Activations kept, int layer, List<List<ExitTraces.Sight>> sights) {
    Tensor streams = kept.get(HookPoint.RESID_POST.at(layer)).select(1, 0);
    float[] states = streams.toFloats();
    float[] coefficients = kept.get(HookPoint.MLP_POST.at(layer)).toFloats();
    int width = states.length / sights.size();
    int neurons = coefficients.length / sights.size();
    List<VocabularyReading> readings =
        VocabularyReadout.read(
            lens.project(streams, /* scale= */ null, /* component= */ false),
            lens.unembeddingOf(/* component= */ false),
            VocabularyReadout.Request.top(1));
    for (int row = 0; row < sights.size(); row++) {
      VocabularyReading reading = readings.get(row);
      VocabularyReading.TokenLogit best = reading.top().getFirst();
      float[] here = Arrays.copyOfRange(coefficients, row * neurons, (row + 1) * neurons);
      sights
          .get(row)
          .add(
              new ExitTraces.Sight(
                  best.id(),
                  reading.probability(best.logit()),
                  clusters.dominant(layer, here, SubUpdateRule.TOP),
                  Arrays.copyOfRange(states, row * width, (row + 1) * width)));
    }
  }
}
