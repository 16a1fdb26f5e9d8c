package io.lexiscope.model.forward;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every hook point in every family.
class HookConformanceTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(11);

  private static float[] last(LanguageModel model, HookName at, UnaryOperator<Tensor> change) {
    return TensorScope.tidy(
        () ->
            model
                .transformer()
                .forward(
                    TokenBatch.of(PROMPT),
                    new ActiveHooks(Recording.nothing(), Map.of(at, List.of(change))),
                    /* cache= */ null)
                .toFloats());
  }

  private static float[] last(LanguageModel model) {
    return TensorScope.tidy(
        () ->
            model
                .transformer()
                .forward(TokenBatch.of(PROMPT), ActiveHooks.none(), /* cache= */ null)
                .toFloats());
  }

  /// Every kind of place, in the second block.
  private static List<HookName> places(LanguageModel model) {
    return GoldenModel.places(model.architecture()).stream()
        .filter(at -> at.layer().orElse(1) == 1)
        .toList();
  }

  private static long extent(String axis, Architecture architecture) {
    Attention.Heads heads = architecture.block().attention().heads();
    return switch (axis) {
      case "batch", "1" -> 1;
      case "pos", "query_pos", "key_pos" -> PROMPT.size();
      case "head" -> heads.heads();
      case "kv_head" -> heads.kvHeads();
      case "d_head" -> heads.dHead();
      case "d_model" -> architecture.dModel();
      case "d_mlp" -> architecture.dimensions().dMlp();
      default -> throw new IllegalArgumentException(axis);
    };
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void everyPlaceAFamilyHasIsRecordedInTheShapeItsAxesNameAndNoOther(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.values()))) {
      Architecture architecture = model.architecture();

      assertThat(run.recorded())
          .containsExactlyInAnyOrderElementsOf(GoldenModel.places(architecture));
      for (HookName at : run.recorded()) {
        assertThat(run.activation(at).shape().toArray())
            .as(at.toString())
            .isEqualTo(
                at.point().axes().stream().mapToLong(axis -> extent(axis, architecture)).toArray());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GoldenModel.class,
      names = {"GPTJ", "GPT_NEOX", "PHI"})
  void parallelBlocksHaveNoStreamBetweenAttentionAndMlp(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(PROMPT, Recording.of(HookPoint.RESID_MID, HookPoint.RESID_POST))) {
      assertThat(HookPoint.RESID_MID.existsIn(model.architecture())).isFalse();
      assertThatThrownBy(() -> run.activation(HookPoint.RESID_MID.at(0)))
          .isInstanceOf(HookException.class)
          .hasMessageContaining("hook_resid_mid");
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void recordingChangesNothing(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run everything = model.run(PROMPT, Recording.of(HookPoint.values()))) {
      assertClose(everything.last().toFloats(), last(model), new Tolerance(2e-5, 2e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void replacingAValueByItselfChangesNothing(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      float[] before = last(model);
      for (HookName at : places(model)) {
        assertClose(last(model, at, Tensor::copy), before, new Tolerance(2e-5, 2e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void replacingAValueByZerosChangesWhatFollows(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      float[] before = last(model);
      for (HookName at : places(model)) {
        float[] after = last(model, at, HookConformanceTest::withoutValue);
        float largest = 0;
        for (int i = 0; i < before.length; i++) {
          largest = Math.max(largest, Math.abs(after[i] - before[i]));
        }
        assertThat(largest).as(at.toString()).isGreaterThan(1e-3f);
      }
    }
  }

  /// Zeros. A divisor of zero gives no numbers to compare, so a divisor grows along the positions
  /// instead; one factor for all would cancel where queries, keys and outputs are normed again.
  private static Tensor withoutValue(Tensor value) {
    return value.size(-1) == 1
        ? value.mul(Tensors.arange(1, PROMPT.size() + 1).to(DType.FLOAT32).reshape(1, -1, 1))
        : value.mul(0);
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aReplacementOfAnotherShapeIsRefused(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      for (HookName at : places(model)) {
        assertThatThrownBy(() -> last(model, at, value -> value.narrow(1, 0, 1)))
            .isInstanceOf(HookException.class)
            .hasMessageStartingWith("hook: expected a value of shape [batch, ")
            .hasMessageEndingWith(" at " + at);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void aRecordedValueIsTheOneThatWentOn(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      HookName at = HookPoint.MLP_OUT.at(1);
      float[] kept =
          TensorScope.tidy(
              () -> {
                ActiveHooks hooks =
                    new ActiveHooks(
                        Recording.of(List.of(at)),
                        Map.of(at, List.of(value -> value.mul(0), value -> value.add(3))));
                Tensor ignored =
                    model.transformer().forward(TokenBatch.of(PROMPT), hooks, /* cache= */ null);
                assertThat(ignored.size(0)).isEqualTo(1);
                return hooks.activations().get(at).toFloats();
              });

      float[] threes = new float[kept.length];
      Arrays.fill(threes, 3);
      assertClose(kept, threes, Tolerance.exact());
    }
  }
}
