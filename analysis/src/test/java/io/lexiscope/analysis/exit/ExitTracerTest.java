package io.lexiscope.analysis.exit;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.cluster.ValueClustering;
import io.lexiscope.analysis.cluster.ValueClusters;
import io.lexiscope.analysis.ffn.FfnSubUpdates;
import io.lexiscope.analysis.ffn.FfnTracer;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitTracerTest {
  private static final List<TokenIds> PROMPTS =
      IntStream.of(3, 5, 3, 4, 5)
          .mapToObj(n -> TokenIds.of(new Random(n + 1L).ints(n, 3, 500).toArray()))
          .toList();

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a"})
  void tracesAreWhatTheFfnTracerAndItsDominantSubUpdatesSay(String name) {
    try (LanguageModel model =
        LanguageModel.open(Path.of("../model/src/test/resources/golden", name))) {
      ValueClusters values = ValueClustering.of(model).cut(20);
      SubUpdateClusters clusters = SubUpdateClusters.of(model, values);

      ExitTraces traces =
          new ExitTracer(model, clusters).trace(PROMPTS, (batch, prompts) -> batch.get());

      assertThat(traces.size()).isEqualTo(PROMPTS.size());
      for (int prompt = 0; prompt < PROMPTS.size(); prompt++) {
        try (Run run = model.run(PROMPTS.get(prompt), FfnSubUpdates.recording(model))) {
          FfnTracer tracer = FfnTracer.of(run);
          var path = tracer.trajectory(run.length() - 1);
          FfnSubUpdates updates = FfnSubUpdates.of(run);
          assertThat(traces.saturation(prompt)).isEqualTo(path.saturationLayer());
          for (int l = 0; l < traces.layers(); l++) {
            int layer = l;
            assertThat(traces.sight(prompt, layer).prediction())
                .isEqualTo(path.steps().get(layer).after());
            assertThat(traces.sight(prompt, layer).clusters())
                .containsExactly(
                    updates.layer(layer).dominant(10).stream()
                        .mapToInt(update -> values.clusterOf(layer, update.neuron().index()))
                        .toArray());
          }
          float[] logits = run.logits(-1).toFloats();
          double sum = 0;
          for (float logit : logits) {
            sum += Math.exp(logit - logits[traces.answer(prompt)]);
          }
          assertClose(
              traces.sight(prompt, traces.layers() - 1).confidence(),
              1 / sum,
              new Tolerance(1e-5, 0));
        }
      }
    }
  }
}
