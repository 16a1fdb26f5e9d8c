package io.lexiscope.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.parity.SelfCheckReport;
import io.lexiscope.model.parity.SelfChecks;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Computing in bfloat16: eight bits of a number are left, so values may lie a few in a hundred
/// from those in float32, and never more.
class ComputeTest {
  private static final Compute BF16 = Compute.named("bf16", "cpu");
  private static final TokenIds PROMPT = GoldenModel.prompt(20);

  /// Largest distance allowed at any hook point, as a fraction of the length of the values there.
  private static final double ALLOWED = 0.04;

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void everyHookPointOfEveryFamilyLiesWithinFourPercentOfFloat32(GoldenModel golden) {
    try (LanguageModel exact = golden.open();
        LanguageModel model = golden.open(BF16);
        Run expected = exact.run(PROMPT, Recording.of(places(exact)));
        Run run = model.run(PROMPT, Recording.of(places(exact)))) {
      for (HookName at : expected.recorded()) {
        assertThat(run.activation(at).dtype()).isEqualTo(DType.FLOAT32);
        assertThat(distance(run.activation(at), expected.activation(at)))
            .as(at.toString())
            .isLessThan(ALLOWED);
      }
      assertThat(distance(run.last(), expected.last())).isBetween(1e-3, ALLOWED);
    }
  }

  private static List<HookName> places(LanguageModel model) {
    return GoldenModel.places(model.architecture()).stream()
        .filter(at -> at.point() != HookPoint.ATTN_SCORES)
        .toList();
  }

  private static double distance(Tensor actual, Tensor expected) {
    return TensorScope.tidy(
        () -> {
          Tensor difference = actual.sub(expected);
          return Math.sqrt(
              difference.mul(difference).sum().item() / expected.mul(expected).sum().item());
        });
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void everyFamilyAgreesWithItself(GoldenModel golden) {
    try (LanguageModel model = golden.open(BF16)) {
      SelfCheckReport report = SelfChecks.check(model);

      assertThat(report.passed()).as(report.toString()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void theStreamIsBfloat16FromBeginningToEndAlsoThroughChanges(GoldenModel golden) {
    try (LanguageModel model = golden.open(BF16)) {
      TensorScope.tidyRun(
          () -> {
            ActiveHooks hooks =
                new ActiveHooks(
                    Recording.of(HookPoint.RESID_PRE, HookPoint.RESID_POST, HookPoint.MLP_POST),
                    Map.of(HookPoint.RESID_PRE.at(1), List.of(x -> x.to(DType.FLOAT32).mul(0.5))));
            Tensor last = model.onDevice().forward(TokenBatch.of(PROMPT), hooks, /* cache= */ null);

            assertThat(last.dtype()).isEqualTo(DType.BFLOAT16);
            assertThat(hooks.activations().tensors())
                .allMatch(value -> value.dtype() == DType.BFLOAT16);
          });
    }
  }

  @Test
  void matricesAreHeldInBfloat16AndVectorsRoundedToIt() {
    try (LanguageModel model = GoldenModel.LLAMA.open(BF16)) {
      assertThat(model.parameters().values())
          .allMatch(
              weight ->
                  weight.dtype() == (weight.shape().rank() < 2 ? DType.FLOAT32 : DType.BFLOAT16));
      Tensor gain = Objects.requireNonNull(model.parameters().get("model.norm.weight"));
      assertThat(
              TensorScope.tidy(
                  () -> gain.to(DType.BFLOAT16).to(DType.FLOAT32).sub(gain).abs().max().item()))
          .isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void generationContinuesFromItsCache(GoldenModel golden) {
    try (LanguageModel model = golden.open(BF16)) {
      assertThat(model.generator().generate(PROMPT, Decoding.greedy(6)).ids().size())
          .isEqualTo(PROMPT.size() + 6);
      Decoding beams =
          new Decoding(6, new Decoding.Strategy.Beams(3), Set.of(), /* alternatives= */ 0);
      assertThat(model.generator().generate(PROMPT, beams).ids().size())
          .isEqualTo(PROMPT.size() + 6);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fp8, cpu, 'dtype: expected one of float32 and bf16, got fp8'",
    "float16, cpu, 'dtype: expected one of float32 and bf16, got float16'",
    "f32, tpu, 'device: expected one of cpu and cuda, got tpu'"
  })
  void whatIsNotOfferedIsRefused(String type, String device, String message) {
    assertThatThrownBy(() -> Compute.named(type, device))
        .isInstanceOf(ForwardException.class)
        .hasMessage(message);
  }

  @Test
  void cudaIsRefusedWhereThereAreNoLibrariesForIt() {
    assertThat(NativeRuntime.cudaBuilt()).isFalse();
    assertThatThrownBy(() -> GoldenModel.GPT2.open(Compute.named("f32", "cuda")).close())
        .isInstanceOf(ForwardException.class)
        .hasMessage(
            "device: expected a build with the CUDA libraries for cuda, got one for the CPU alone;"
                + " start with LEXISCOPE_CUDA=1 ./lexiscope, which builds one, or leave --device"
                + " out");
  }
}
