package io.lexiscope.model.edit;

import static io.lexiscope.model.edit.EditedFolder.answer;
import static io.lexiscope.model.edit.EditedFolder.everyMatrix;
import static io.lexiscope.model.edit.EditedFolder.patch;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.gradient.MatrixGradient;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.parity.SelfChecks;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightEditsTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(9);
  private static final Tolerance CLOSE = new Tolerance(1e-5, 1e-5);

  @TempDir private Path folder;

  private interface Compared {
    void run(LanguageModel edited, LanguageModel written, LanguageModel plain);
  }

  private void compare(LanguageModel model, Compared compared) throws IOException {
    PatchStack patches = everyMatrix(model.architecture(), 1);
    Path written = EditedFolder.write(model, patches, folder.resolve("edited"));
    try (WeightEdits edits = WeightEdits.open(model.architecture(), patches);
        LanguageModel other = LanguageModel.open(written)) {
      TensorScope.tidyRun(() -> compared.run(model.with(edits), other, model));
    }
  }

  private static void assertSame(float[] actual, float[] expected) {
    Tensor numbers = Tensors.of(expected);
    double largest = numbers.abs().max().item();
    assertClose(Tensors.of(actual), numbers, Tolerance.within(1e-5 * Math.max(1, largest)));
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void anEditedModelIsTheModelWhoseFilesHoldTheEditedWeights(GoldenModel golden)
      throws IOException {
    try (LanguageModel model = golden.open()) {
      compare(
          model,
          (edited, written, plain) -> {
            assertSame(answer(edited), answer(written));
            assertThat(largestDifference(answer(edited), answer(plain))).isGreaterThan(1e-2);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"phi3-short", "llama-biased", "gpt-neox-sequential", "opt-narrow"})
  void variantsToo(String name) throws IOException {
    try (LanguageModel model = LanguageModel.open(Path.of("src/test/resources/variants", name))) {
      compare(
          model,
          (edited, written, plain) -> {
            TokenIds ids = TokenIds.of(7, 41, 12, 63, 7, 30);
            assertClose(last(edited, ids), last(written, ids), CLOSE);
            assertThat(last(edited, ids).sub(last(plain, ids)).abs().max().item())
                .isGreaterThan(1e-2);
          });
    }
  }

  private static Tensor last(LanguageModel model, TokenIds ids) {
    return model.transformer().forward(TokenBatch.of(ids), ActiveHooks.none(), /* cache= */ null);
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void theKernelsComputeItToo(GoldenModel golden) throws IOException {
    NativeRuntime.useKernels(true);
    try (LanguageModel model = golden.open()) {
      assertThat(NativeRuntime.warmUpKernels()).isTrue();
      compare(model, (edited, written, plain) -> assertSame(answer(edited), answer(written)));
    } finally {
      NativeRuntime.useKernels(false);
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, names = "BERT", mode = EnumSource.Mode.EXCLUDE)
  void aCachedContinuationIsEdited(GoldenModel golden) throws IOException {
    try (LanguageModel model = golden.open()) {
      compare(
          model,
          (edited, written, plain) -> {
            assertClose(cached(edited), cached(written), CLOSE);
            assertClose(cached(edited), last(edited, PROMPT).narrow(1, 8, 1), CLOSE);
            assertThat(edited.generator().generate(PROMPT, Decoding.greedy(6)).ids())
                .isEqualTo(written.generator().generate(PROMPT, Decoding.greedy(6)).ids());
          });
    }
  }

  /// The last stream of the last token, read after the others.
  private static Tensor cached(LanguageModel model) {
    try (KvCache cache = KvCache.create(model.transformer(), /* batch= */ 1, PROMPT.size())) {
      Tensor[] last = new Tensor[1];
      for (TokenIds part : List.of(PROMPT.slice(0, 8), PROMPT.slice(8, 9))) {
        last[0] = model.transformer().forward(TokenBatch.of(part), ActiveHooks.none(), cache);
      }
      return last[0];
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void whateverReadsAMatrixReadsItEdited(GoldenModel golden) throws IOException {
    try (LanguageModel model = golden.open()) {
      compare(
          model,
          (edited, written, plain) -> {
            for (MatrixName name : MatrixName.all(model.architecture())) {
              assertClose(matrix(edited, name), matrix(written, name), Tolerance.within(1e-6));
            }
            var out = edited.transformer().weights().blocks().get(1).mlp().out();
            assertClose(
                Linears.rowsOfInputs(out, Tensors.ofLongs(3, 0, 7)),
                matrix(written, MatrixKind.W_OUT.at(1)).indexSelect(0, Tensors.ofLongs(3, 0, 7)),
                Tolerance.within(1e-6));
            assertThat(SelfChecks.check(edited).checks())
                .allSatisfy(check -> assertThat(check.passed()).as(check.toString()).isTrue());
          });
    }
  }

  private static Tensor matrix(LanguageModel model, MatrixName name) {
    return Linears.matrix(model.transformer().weights().matrix(name, model.architecture()));
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, names = "BERT", mode = EnumSource.Mode.EXCLUDE)
  void gradientsGoThroughTheEdits(GoldenModel golden) throws IOException {
    try (LanguageModel model = golden.open()) {
      compare(
          model,
          (edited, written, plain) -> {
            Taps taps = Taps.atMatrices(model.architecture());
            Loss loss = new Loss.MeanNextToken();
            try (Backward one = Backward.of(edited, PROMPT, loss, taps);
                Backward other = Backward.of(written, PROMPT, loss, taps)) {
              for (MatrixName name : taps.matrices()) {
                MatrixGradient expected = other.at(name);
                assertClose(one.at(name).x(), expected.x(), CLOSE);
                assertClose(one.at(name).delta(), expected.delta(), CLOSE);
              }
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void theModelBesideItAndAfterwardsIsAsItWasToTheBit(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      float[] before = answer(model);
      try (WeightEdits edits =
          WeightEdits.open(model.architecture(), everyMatrix(model.architecture(), 0))) {
        assertThat(answer(model.with(edits))).isNotEqualTo(before);
        assertThat(answer(model)).containsExactly(before);
      }
      assertThat(answer(model)).containsExactly(before);
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void whetherAPlaceIsAskedForMakesNoDifference(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        WeightEdits edits =
            WeightEdits.open(model.architecture(), everyMatrix(model.architecture(), 1))) {
      LanguageModel edited = model.with(edits);
      HookPoint[] inside = {HookPoint.MLP_PRE, HookPoint.MLP_MODULE_OUT, HookPoint.ATTN_OUT};
      TensorScope.tidyRun(
          () -> {
            try (var plain = edited.run(PROMPT, Recording.nothing());
                var asked = edited.run(PROMPT, Recording.of(inside))) {
              assertClose(asked.last(), plain.last(), Tolerance.within(1e-5));
            }
          });
    }
  }

  @Test
  void editsStackInAnyWayAndAreTakenOff() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      WeightPatch first = patch(model.architecture(), MatrixKind.W_OUT.at(1), 2, 1);
      WeightPatch second = patch(model.architecture(), MatrixKind.W_OUT.at(1), 3, 2);
      WeightPatch third = patch(model.architecture(), MatrixKind.W_V.at(0), 1, 3);
      PatchStack all = PatchStack.of(first, second, third);
      try (WeightEdits one = WeightEdits.open(model.architecture(), PatchStack.of(first));
          WeightEdits rest = WeightEdits.open(model.architecture(), PatchStack.of(second, third));
          WeightEdits together = WeightEdits.open(model.architecture(), all);
          WeightEdits moved = WeightEdits.open(model.architecture(), all.moved(0, 2));
          WeightEdits fewer = WeightEdits.open(model.architecture(), all.without(1).without(1))) {
        float[] stacked = answer(model.with(together));

        assertThat(answer(model.with(one).with(rest))).containsExactly(stacked);
        assertThat(model.with(one).with(rest).patches()).isEqualTo(all);
        TensorScope.tidyRun(() -> assertSame(answer(model.with(moved)), stacked));
        assertThat(moved.patches().patches()).containsExactly(second, third, first);
        assertThat(answer(model.with(fewer))).containsExactly(answer(model.with(one)));
      }
    }
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // closed before its views are used
  void closedEditsRefuseEveryUseAndTheModelGoesOn() {
    try (LanguageModel model = GoldenModel.LLAMA.open()) {
      float[] before = answer(model);
      WeightEdits edits =
          WeightEdits.open(model.architecture(), everyMatrix(model.architecture(), 0));
      LanguageModel edited = model.with(edits);
      edits.close();
      edits.close();

      String message = "edits: expected open edits, got 7 patches that were closed";
      assertThatThrownBy(() -> answer(edited))
          .isInstanceOf(EditException.class)
          .hasMessageStartingWith(message);
      assertThatThrownBy(() -> edited.generator().generate(PROMPT, Decoding.greedy(2)))
          .isInstanceOf(EditException.class)
          .hasMessageStartingWith(message);
      assertThatThrownBy(() -> edited.transformer().weights())
          .isInstanceOf(EditException.class)
          .hasMessageStartingWith(message);
      assertThatThrownBy(() -> model.with(edits))
          .isInstanceOf(EditException.class)
          .hasMessageStartingWith(message);
      assertThat(answer(model)).containsExactly(before);
    }
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // closed while it is used
  void editsThatAreClosedDuringAPassStayUntilItsEnd() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      WeightEdits edits =
          WeightEdits.open(model.architecture(), everyMatrix(model.architecture(), 2));
      LanguageModel edited = model.with(edits);
      float[] expected = answer(edited);
      long live = TensorScope.liveTensors();
      float[] actual =
          edits.use(
              () -> {
                edits.close();
                assertThatThrownBy(() -> answer(edited)).isInstanceOf(EditException.class);
                return expected;
              });

      assertThat(actual).containsExactly(expected);
      assertThat(TensorScope.liveTensors()).isLessThan(live);
    }
  }

  @Test
  void viewsWithDifferentEditsRunSideBySide() throws Exception {
    try (LanguageModel model = GoldenModel.QWEN2.open();
        WeightEdits one =
            WeightEdits.open(model.architecture(), everyMatrix(model.architecture(), 0));
        WeightEdits other =
            WeightEdits.open(model.architecture(), everyMatrix(model.architecture(), 2))) {
      List<LanguageModel> views = List.of(model, model.with(one), model.with(other));
      List<float[]> alone = views.stream().map(EditedFolder::answer).toList();
      CountDownLatch begun = new CountDownLatch(views.size());
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < views.size(); i++) {
        int view = i;
        tasks.add(
            () -> {
              begun.countDown();
              begun.await();
              for (int turn = 0; turn < 20; turn++) {
                if (!Arrays.equals(answer(views.get(view)), alone.get(view))) {
                  return false;
                }
              }
              return true;
            });
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(views.size())) {
        for (Future<Boolean> task : threads.invokeAll(tasks)) {
          assertThat(task.get()).isTrue();
        }
      }
    }
  }

  @Test
  void bfloat16IsEditedToItsOwnPrecision() {
    Compute half = new Compute(DType.BFLOAT16, Device.CPU);
    try (LanguageModel exact = GoldenModel.LLAMA.open();
        LanguageModel model = GoldenModel.LLAMA.open(half);
        WeightEdits edits =
            WeightEdits.open(exact.architecture(), everyMatrix(exact.architecture(), 1))) {
      float[] expected = answer(exact.with(edits));

      double changed = largestDifference(answer(exact), expected);
      assertThat(largestDifference(answer(model.with(edits)), expected)).isLessThan(0.1 * changed);
    }
  }

  private static double largestDifference(float[] one, float[] other) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }

  @Test
  void theIdentityNamesWeightsAndPatches() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      WeightPatch first = patch(model.architecture(), MatrixKind.W_OUT.at(1), 2, 1);
      WeightPatch second = patch(model.architecture(), MatrixKind.W_IN.at(1), 2, 2);
      WeightPatch renamed =
          new WeightPatch(first.target(), first.terms(), PatchOrigin.named("another name"));
      try (WeightEdits edits =
              WeightEdits.open(model.architecture(), PatchStack.of(first, second));
          WeightEdits same =
              WeightEdits.open(model.architecture(), PatchStack.of(renamed, second));
          WeightEdits turned =
              WeightEdits.open(model.architecture(), PatchStack.of(second, first));
          WeightEdits stronger =
              WeightEdits.open(model.architecture(), PatchStack.of(first.times(1.001), second))) {
        String plain = model.identity().key();

        assertThat(plain).isEqualTo(model.checkpoint().contentHash());
        assertThat(model.identity().edited()).isFalse();
        assertThat(model.with(edits).identity().edited()).isTrue();
        assertThat(model.with(edits).identity().key())
            .matches("[0-9a-f]{64}")
            .isEqualTo(model.with(same).identity().key())
            .isNotEqualTo(plain)
            .isNotEqualTo(model.with(turned).identity().key())
            .isNotEqualTo(model.with(stronger).identity().key());
        assertThat(model.identity().key()).isEqualTo(plain);
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    try (LanguageModel gpt2 = GoldenModel.GPT2.open();
        LanguageModel llama = GoldenModel.LLAMA.open()) {
      WeightPatch gate = patch(llama.architecture(), MatrixKind.W_GATE.at(0), 1, 1);
      WeightPatch keys = patch(llama.architecture(), MatrixKind.W_K.at(0), 1, 1);

      assertThatThrownBy(() -> WeightEdits.open(gpt2.architecture(), PatchStack.of(gate)))
          .hasMessageContaining("blocks.0.mlp.W_gate");
      assertThatThrownBy(() -> WeightEdits.open(gpt2.architecture(), PatchStack.of(keys)))
          .isInstanceOf(EditException.class)
          .hasMessage(
              "patch: expected terms of 64 inputs and 64 outputs at blocks.0.attn.W_K, got 64 and"
                  + " 32");
      assertThatThrownBy(
              () -> new WeightPatch(MatrixKind.W_K.at(0), List.of(), PatchOrigin.named("")))
          .isInstanceOf(EditException.class)
          .hasMessageContaining("at least one term");
      assertThatThrownBy(() -> PatchStack.of(keys).moved(0, 1))
          .isInstanceOf(EditException.class)
          .hasMessageContaining("from 0 to 0, got 1");
    }
  }
}
