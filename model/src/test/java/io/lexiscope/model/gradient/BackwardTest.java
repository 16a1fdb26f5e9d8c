package io.lexiscope.model.gradient;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.FloatVector;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.WeightLayout;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackwardTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(9);

  /// For vocabularies of 64 words.
  private static final TokenIds SMALL_PROMPT = TokenIds.of(7, 41, 12, 63, 7, 30, 22, 5, 58);

  /// Roundings of two different orders of the same sums, as a share of the largest element.
  private static Tolerance gradient(Tensor expected) {
    return Tolerance.within(2e-6 + 2e-5 * expected.abs().max().item());
  }

  private static boolean speaks(LanguageModel model) {
    return model.transformer().hasUnembedding();
  }

  /// Something every family has, with and without a language head.
  @MustBeClosed
  private static Backward anything(LanguageModel model, Taps taps) {
    return speaks(model)
        ? Backward.of(model, PROMPT, new Loss.MeanNextToken(), taps)
        : Backward.of(model, TokenBatch.of(PROMPT), taps, last -> last.mul(last).mul(last).sum());
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, names = "BERT", mode = EnumSource.Mode.EXCLUDE)
  void inputsTimesWhatComesBackAreTheGradientsOfEveryMatrix(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      requireGradients(model, new Loss.MeanNextToken());
      requireGradients(model, Loss.NextToken.last(17));
      requireGradients(model, new Loss.NextToken(3, 17));
      requireGradients(model, new Loss.Contrast(-2, 17, 40));
      requireGradients(model, new Loss.Continuation(TokenIds.of(17, 40, 5)));
      requireGradients(
          model, new Loss.OfLogits(List.of(2, -1), logits -> logits.tanh().mul(logits).sum()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"phi3-long", "llama-biased", "gpt-neox-sequential", "opt-narrow"})
  void variantsHaveTheSameGradients(String name) {
    try (LanguageModel model = LanguageModel.open(Path.of("src/test/resources/variants", name))) {
      requireGradients(model, SMALL_PROMPT, new Loss.MeanNextToken());
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, names = "BERT", mode = EnumSource.Mode.EXCLUDE)
  void theKernelsGiveTheSameGradients(GoldenModel golden) {
    NativeRuntime.useKernels(true);
    try (LanguageModel model = golden.open()) {
      assertThat(NativeRuntime.warmUpKernels()).isTrue();
      requireGradients(model, new Loss.MeanNextToken());
    } finally {
      NativeRuntime.useKernels(false);
    }
  }

  private static void requireGradients(LanguageModel model, Loss loss) {
    requireGradients(model, PROMPT, loss);
  }

  private static void requireGradients(LanguageModel model, TokenIds prompt, Loss loss) {
    TensorScope.tidyRun(
        () -> {
          IdentityHashMap<Tensor, Tensor> expected = PlainGradients.ofWeights(model, prompt, loss);
          Taps taps = Taps.atMatrices(model.architecture());
          try (Backward backward = Backward.of(model, prompt, loss, taps)) {
            assertClose(
                backward.loss(),
                PlainGradients.loss(model, prompt, loss, Map.of()),
                new Tolerance(1e-5, 0));
            for (MatrixName name : MatrixName.all(model.architecture())) {
              BlockMatrix<Tensor> place =
                  model.transformer().weights().matrix(name, model.architecture());
              Tensor weight = place.linear().weight();
              boolean outIn = place.linear().layout() == WeightLayout.OUT_IN;
              Tensor gradient =
                  PlainGradients.cut(
                      model, Objects.requireNonNull(expected.get(weight)), name.kind(), outIn);
              assertThat(gradient.shape().toArray())
                  .as(name.toString())
                  .containsExactly(
                      name.kind().inputs(model.architecture()),
                      name.kind().outputs(model.architecture()));
              assertClose(backward.at(name).dense(), gradient, gradient(gradient));
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, names = "BERT", mode = EnumSource.Mode.EXCLUDE)
  void everyPlaceHasTheGradientOfWhatIsAddedThere(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      List<HookName> places = GoldenModel.places(model.architecture());
      Loss loss = new Loss.MeanNextToken();
      TensorScope.tidyRun(
          () -> {
            Map<HookName, Tensor> expected = PlainGradients.ofPlaces(model, PROMPT, loss, places);
            assertThat(expected.keySet()).containsExactlyInAnyOrderElementsOf(places);
            Taps taps = new Taps(Set.of(), new LinkedHashSet<>(places));
            try (Backward backward = Backward.of(model, PROMPT, loss, taps);
                var run = model.run(PROMPT, Recording.of(places))) {
              for (HookName place : places) {
                Tensor gradient = Objects.requireNonNull(expected.get(place));
                assertClose(backward.gradient(place), gradient, gradient(gradient));
                assertClose(
                    finite(place, backward.activation(place)),
                    finite(place, run.activation(place)),
                    Tolerance.within(1e-5));
              }
            }
          });
    }
  }

  /// Scores out of sight are −∞.
  private static Tensor finite(HookName place, Tensor value) {
    return place.point() == HookPoint.ATTN_SCORES ? value.softmax(-1) : value;
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, names = "BERT", mode = EnumSource.Mode.EXCLUDE)
  void interventionsAreGoneBackThrough(GoldenModel golden) {
    try (LanguageModel opened = golden.open()) {
      float[] direction = new float[opened.architecture().dModel()];
      direction[5] = 2;
      LanguageModel model =
          opened.with(
              Interventions.of(
                  Intervention.scaleNeuron(1, 3, -2),
                  Intervention.ablateHead(1, 1).at(new Where.At(List.of(2, 5))),
                  Intervention.add(HookPoint.RESID_PRE.at(1), FloatVector.of(direction))));
      requireGradients(opened, new Loss.MeanNextToken());
      requireGradients(model, new Loss.MeanNextToken());
      TensorScope.tidyRun(
          () -> {
            MatrixName name = MatrixKind.W_IN.at(0);
            try (Backward with =
                    Backward.of(model, PROMPT, new Loss.MeanNextToken(), Taps.at(name));
                Backward without =
                    Backward.of(opened, PROMPT, new Loss.MeanNextToken(), Taps.at(name))) {
              assertThat(with.at(name).delta().sub(without.at(name).delta()).abs().max().item())
                  .isGreaterThan(1e-5);
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, names = "BERT", mode = EnumSource.Mode.EXCLUDE)
  void aStepAlongADirectionChangesTheLossAsTheGradientSays(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      TensorScope.tidyRun(
          () -> {
            HookName place = HookPoint.RESID_POST.at(0);
            Loss loss = new Loss.NextToken(-1, 17);
            try (Backward backward = Backward.of(model, PROMPT, loss, Taps.at(place))) {
              Tensor gradient = backward.gradient(place);
              double length = Math.sqrt(gradient.mul(gradient).sum().item());
              Tensor step = gradient.mul(2e-2 / length);
              UnaryOperator<Tensor> up = value -> value.add(step);
              UnaryOperator<Tensor> down = value -> value.sub(step);
              double change =
                  PlainGradients.loss(model, PROMPT, loss, Map.of(place, up))
                      - PlainGradients.loss(model, PROMPT, loss, Map.of(place, down));

              assertClose(change / (2 * 2e-2), length, new Tolerance(0, 1e-2));
            }
          });
    }
  }

  @Test
  void aTapPullsNothingDeeperThanItself() {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      TensorScope.tidyRun(
          () -> {
            long before = TensorScope.liveTensors();
            try (Backward last =
                Backward.of(
                    model,
                    PROMPT,
                    new Loss.MeanNextToken(),
                    Taps.at(MatrixKind.W_OUT.at(model.architecture().layers() - 1)))) {
              long shallow = TensorScope.liveTensors() - before;
              try (Backward all =
                  Backward.of(
                      model,
                      PROMPT,
                      new Loss.MeanNextToken(),
                      Taps.atMatrices(model.architecture()))) {
                assertThat(TensorScope.liveTensors() - before - shallow).isGreaterThan(5 * shallow);
                assertThat(all.loss()).isEqualTo(last.loss());
              }
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void theModelIsAsItWas(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      TensorScope.tidyRun(
          () -> {
            float[] before;
            try (var run = model.run(PROMPT, Recording.nothing())) {
              before = run.last().toFloats();
            }
            long live = TensorScope.liveTensors();
            try (Backward backward = anything(model, Taps.atMatrices(model.architecture()))) {
              assertThat(backward.loss()).isFinite();
            }
            assertThat(TensorScope.liveTensors()).isEqualTo(live);
            assertThat(model.parameters().values()).noneMatch(Tensor::requiresGrad);
            try (var run = model.run(PROMPT, Recording.nothing())) {
              assertThat(run.last().toFloats()).containsExactly(before);
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void bfloat16GivesGradientsNearThoseOfFloat32(GoldenModel golden) {
    Compute half = new Compute(DType.BFLOAT16, Device.CPU);
    try (LanguageModel model = golden.open();
        LanguageModel rounded = golden.open(half)) {
      TensorScope.tidyRun(
          () -> {
            MatrixName name = MatrixKind.W_OUT.at(0);
            try (Backward one = anything(model, Taps.at(name));
                Backward other = anything(rounded, Taps.at(name))) {
              Tensor expected = one.at(name).delta();
              Tensor difference = other.at(name).delta().sub(expected);

              assertThat(other.at(name).delta().dtype()).isEqualTo(DType.FLOAT32);
              assertThat(difference.mul(difference).sum().item())
                  .isLessThan(0.02 * expected.mul(expected).sum().item());
            }
          });
    }
  }

  @Test
  void aContinuationOfOneTokenIsTheNextToken() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      TensorScope.tidyRun(
          () -> {
            MatrixName name = MatrixKind.W_OUT.at(0);
            try (Backward one = Backward.of(model, PROMPT, Loss.NextToken.last(17), Taps.at(name));
                Backward other =
                    Backward.of(
                        model, PROMPT, new Loss.Continuation(TokenIds.of(17)), Taps.at(name))) {
              assertThat(other.loss()).isEqualTo(one.loss());
              assertClose(other.at(name).delta(), one.at(name).delta(), Tolerance.exact());
            }
          });
    }
  }

  @Test
  void onePositionAndTheWholeContextAreGoneBackThrough() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      int context = model.architecture().dimensions().context();
      for (int length : new int[] {1, context}) {
        TensorScope.tidyRun(
            () -> {
              MatrixName name = MatrixKind.W_Q.at(1);
              try (Backward backward =
                  Backward.of(
                      model, GoldenModel.prompt(length), Loss.NextToken.last(17), Taps.at(name))) {
                MatrixGradient gradient = backward.at(name);
                assertThat(gradient.x().size(1)).isEqualTo(length);
                assertThat(gradient.delta().size(1)).isEqualTo(length);
                assertThat(gradient.delta().allFinite()).isTrue();
              }
            });
      }
    }
  }

  @Test
  void whatIsNotThereIsRefusedByName() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      assertThatThrownBy(
              () ->
                  Backward.of(
                      model, PROMPT, Loss.NextToken.last(17), Taps.at(MatrixKind.W_GATE.at(0))))
          .hasMessageContaining("blocks.0.mlp.W_gate")
          .hasMessageContaining("plain MLPs");
      assertThatThrownBy(
              () -> Backward.of(model, PROMPT, Loss.NextToken.last(17), Taps.at(HookPoint.Z.at(9))))
          .isInstanceOf(GradientException.class)
          .hasMessageContaining("blocks.9.attn.hook_z");
      assertThatThrownBy(
              () ->
                  Backward.of(
                      model, PROMPT, new Loss.NextToken(9, 17), Taps.at(MatrixKind.W_IN.at(0))))
          .isInstanceOf(GradientException.class)
          .hasMessageContaining("from -9 to 8, got 9");
      assertThatThrownBy(
              () ->
                  Backward.of(
                      model, PROMPT, Loss.NextToken.last(512), Taps.at(MatrixKind.W_IN.at(0))))
          .isInstanceOf(GradientException.class)
          .hasMessageContaining("got 512");
      TensorScope.tidyRun(
          () -> {
            try (Backward backward =
                Backward.of(
                    model, PROMPT, Loss.NextToken.last(17), Taps.at(MatrixKind.W_IN.at(0)))) {
              assertThatThrownBy(() -> backward.at(MatrixKind.W_IN.at(1)))
                  .isInstanceOf(GradientException.class)
                  .hasMessageContaining("ask for it in the taps");
            }
          });
    }
  }
}
