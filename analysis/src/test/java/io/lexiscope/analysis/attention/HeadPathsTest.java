package io.lexiscope.analysis.attention;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;

import io.lexiscope.analysis.Golden;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeadPathsTest {
  private static final Tolerance FLOAT = new Tolerance(5e-5, 5e-5);

  /// Who wrote the stream at the source, sent down each head, sums to the memory value: in families
  /// whose values have neither a bias nor a shift before them, exactly.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"LLAMA", "MISTRAL", "QWEN3", "GEMMA2", "GEMMA3", "OLMO2"})
  void partsOfTheStreamSumToTheMemoryValue(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), AttentionScore.recording(model))) {
      TensorScope.tidyRun(
          () -> {
            HeadLayer layer = HeadLayer.of(run, 1);
            StreamWriters writers = StreamWriters.before(run, 1, 5);
            Tensor sums =
                new HeadPaths(layer, 5, 20)
                    .through(writers.vectors())
                    .sum(1, /* keepAxis= */ false);
            for (int head = 0; head < layer.heads().heads(); head++) {
              assertClose(sums.select(0, head), layer.memory(head, 20).select(0, 5).copy(), FLOAT);
            }
          });
    }
  }

  /// Where they have biases, what the whole stream and a doubled stream give differs by the stream
  /// alone.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPT_NEO", "GPT_NEOX", "GPTJ", "OPT", "PHI", "QWEN2"})
  void biasesAreNotSentDown(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), AttentionScore.recording(model))) {
      TensorScope.tidyRun(
          () -> {
            HeadLayer layer = HeadLayer.of(run, 1);
            StreamWriters writers = StreamWriters.before(run, 1, 5);
            HeadPaths paths = new HeadPaths(layer, 5, 20);
            Tensor each = paths.through(writers.vectors()).sum(1, /* keepAxis= */ false);
            Tensor whole =
                paths.through(writers.vectors().sum(0, /* keepAxis= */ true)).select(1, 0);
            assertClose(each, whole.copy(), FLOAT);
            Tensor none = paths.through(writers.vectors().mul(0));
            assertClose(none.abs().max().item(), 0, Tolerance.within(0));
            // Position 5 of the source: the rest of the memory value is the same whatever it holds.
            HeadPaths elsewhere = new HeadPaths(layer, 5, 5);
            double pattern = layer.pattern(java.util.List.of(20)).select(0, 1).toFloats()[5];
            double there = layer.pattern(java.util.List.of(5)).select(0, 1).toFloats()[5];
            assertClose(
                elsewhere.through(writers.vectors()).select(0, 1).mul(pattern / there),
                paths.through(writers.vectors()).select(0, 1).copy(),
                FLOAT);
          });
    }
  }
}
