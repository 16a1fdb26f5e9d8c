package io.lexiscope.model.forward;

import static io.lexiscope.model.hook.HookPoint.ATTN_OUT;
import static io.lexiscope.model.hook.HookPoint.MLP_OUT;
import static io.lexiscope.model.hook.HookPoint.PATTERN;
import static io.lexiscope.model.hook.HookPoint.RESID_MID;
import static io.lexiscope.model.hook.HookPoint.RESID_POST;
import static io.lexiscope.model.hook.HookPoint.RESID_PRE;
import static io.lexiscope.model.hook.HookPoint.Z;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.hook.HookPoint;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The identities of the residual stream, which give the hook points their meaning.
class ResidualStreamTest {
  private static final TokenIds PROMPT = TokenIds.of(3, 1, 4, 1, 5, 9, 2, 6);

  /// Runs a tiny model and looks at every layer of what it recorded.
  private static void inEveryLayer(String family, Recording recording, LayerCheck check) {
    try (LanguageModel model = LanguageModel.open(Path.of("src/test/resources/golden", family));
        Run run = model.run(PROMPT, recording)) {
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        int at = layer;
        TensorScope.tidyRun(() -> check.of(at, point -> run.activation(point.at(at))));
      }
    }
  }

  private interface LayerCheck {
    void of(int layer, Function<HookPoint, Tensor> activations);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a", "mistral-a", "gemma2-a", "olmo2-a", "opt-a"})
  void residMidIsResidPrePlusWhatAttentionAdds(String family) {
    inEveryLayer(
        family,
        Recording.of(RESID_PRE, ATTN_OUT, RESID_MID),
        (layer, run) ->
            assertClose(
                run.apply(RESID_MID),
                run.apply(RESID_PRE).add(run.apply(ATTN_OUT)),
                Tolerance.exact()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a", "mistral-a", "gemma2-a", "olmo2-a", "opt-a"})
  void residPostIsResidMidPlusWhatTheMlpAdds(String family) {
    inEveryLayer(
        family,
        Recording.of(RESID_MID, MLP_OUT, RESID_POST),
        (layer, run) ->
            assertClose(
                run.apply(RESID_POST),
                run.apply(RESID_MID).add(run.apply(MLP_OUT)),
                Tolerance.exact()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gptj-a", "gpt-neox-a", "phi-a"})
  void aParallelBlockAddsBothPartsToWhatEntersIt(String family) {
    inEveryLayer(
        family,
        Recording.of(RESID_PRE, ATTN_OUT, MLP_OUT, RESID_POST),
        (layer, run) ->
            assertClose(
                run.apply(RESID_POST),
                run.apply(RESID_PRE).add(run.apply(ATTN_OUT)).add(run.apply(MLP_OUT)),
                Tolerance.within(1e-5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gptj-a", "gpt-neox-a", "phi-a"})
  void aParallelBlockHasNoMiddle(String family) {
    assertThatThrownBy(
            () ->
                inEveryLayer(
                    family,
                    Recording.of(RESID_MID),
                    (layer, run) ->
                        assertClose(run.apply(RESID_MID), run.apply(RESID_MID), Tolerance.exact())))
        .isInstanceOf(HookException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2-a",
        "gpt-neo-a",
        "llama-a",
        "gptj-a",
        "mistral-a",
        "qwen3-a",
        "gemma2-a",
        "olmo2-a"
      })
  void whatLeavesABlockEntersTheNext(String family) {
    try (LanguageModel model = LanguageModel.open(Path.of("src/test/resources/golden", family));
        Run run = model.run(PROMPT, Recording.of(RESID_PRE, RESID_POST))) {
      for (int layer = 1; layer < model.architecture().layers(); layer++) {
        assertClose(
            run.activation(RESID_PRE.at(layer)),
            run.activation(RESID_POST.at(layer - 1)),
            Tolerance.exact());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt2-a",
        "gpt-neo-a",
        "llama-a",
        "gptj-a",
        "mistral-a",
        "qwen3-a",
        "gemma2-a",
        "olmo2-a",
        "bert-a"
      })
  void attentionGivesTheSameWhetherOrNotItsPatternIsAskedFor(String family) {
    try (LanguageModel model = LanguageModel.open(Path.of("src/test/resources/golden", family));
        Run fused = model.run(PROMPT, Recording.of(Z));
        Run eager = model.run(PROMPT, Recording.of(Z, PATTERN))) {
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        assertClose(
            fused.activation(Z.at(layer)), eager.activation(Z.at(layer)), Tolerance.within(1e-5));
      }
    }
  }
}
