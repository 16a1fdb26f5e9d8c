package io.lexiscope.analysis.attention;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeadLayerTest {
  private static final Tolerance FLOAT = new Tolerance(2e-5, 2e-5);
  private static final Set<Golden> NORMS_AFTER =
      EnumSet.of(Golden.GEMMA2, Golden.GEMMA3, Golden.OLMO2);
  private static final List<Integer> SOME = List.of(0, 7, 23);

  private static Recording recording(LanguageModel model) {
    return HeadLayer.recording(model).and(Recording.of(HookPoint.ATTN_OUT));
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void patternsMadeFromQueriesAndKeysAreThoseOfThePass(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), HeadLayer.recording(model));
        Run whole = model.run(golden.prompt(), Recording.of(HookPoint.PATTERN))) {
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        int at = layer;
        TensorScope.tidyRun(
            () ->
                assertClose(
                    HeadLayer.of(run, at).pattern(SOME),
                    whole.activation(HookPoint.PATTERN.at(at), SOME),
                    FLOAT));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void headsAndBiasesSumToWhatAttentionAdds(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), recording(model))) {
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        int at = layer;
        TensorScope.tidyRun(
            () -> {
              HeadLayer heads = HeadLayer.of(run, at);
              Tensor sum = heads.outputs(SOME).sum(1, false).add(heads.biases(SOME));
              assertClose(sum, run.activation(HookPoint.ATTN_OUT.at(at), SOME), FLOAT);
            });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Golden.class)
  void memoryValuesSumToTheHeadAndSoDoRowsOfTheOutputMatrix(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), recording(model))) {
      HeadLayer heads = HeadLayer.of(run, 1);
      for (int head = 0; head < heads.heads().heads(); head++) {
        int h = head;
        TensorScope.tidyRun(
            () -> {
              Tensor whole = heads.outputs(List.of(11)).select(0, 0).select(0, h);
              assertClose(heads.memory(h, 11).sum(0, false), whole, FLOAT);
              double[] z = Reference.doubles(run.activation(HookPoint.Z.at(1), 11).select(0, h));
              double[] rows = Reference.doubles(heads.outputMatrices().select(0, h));
              double[] sum = new double[rows.length / z.length];
              for (int k = 0; k < z.length; k++) {
                for (int i = 0; i < sum.length; i++) {
                  sum[i] += z[k] * rows[k * sum.length + i];
                }
              }
              if (!NORMS_AFTER.contains(golden)) {
                for (int i = 0; i < sum.length; i++) {
                  assertClose(whole.toFloats()[i], sum[i], FLOAT);
                }
              }
            });
      }
    }
  }

  /// A head's place in the zero-filled vector through the whole W_O is the slice of W_O itself.
  @Test
  void aHeadAloneThroughTheWholeOutputMatrixIsItsSlice() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), recording(model))) {
      TensorScope.tidyRun(
          () -> {
            HeadLayer heads = HeadLayer.of(run, 1);
            Tensor z = run.activation(HookPoint.Z.at(1), 9);
            Tensor only = z.mul(Tensors.zeros(z.shape()));
            Tensor one = only.copy();
            one.narrow(0, 2, 1).addInPlace(z.narrow(0, 2, 1));
            Tensor whole =
                one.reshape(1, -1)
                    .matmul(
                        Linears.rowsAreInputs(
                            model.transformer().weights().blocks().get(1).attention().out()));
            assertClose(
                heads.outputs(List.of(9)).select(0, 0).select(0, 2),
                whole.squeeze(0),
                Tolerance.within(1e-6));
          });
    }
  }

  /// Digest D1.3: `(projected q)·x_j + q·b_K = √d_h · score`, both ways round.
  @ParameterizedTest
  @EnumSource(Golden.class)
  void queriesAndKeysTakenBackGiveTheScore(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), AttentionScore.recording(model))) {
      for (int[] at : new int[][] {{0, 0, 5, 5}, {1, 1, 20, 3}, {1, 3, 23, 22}, {0, 2, 9, 0}}) {
        TensorScope.tidyRun(
            () -> {
              HeadLayer heads = HeadLayer.of(run, at[0]);
              HeadSide q = HeadSide.query(heads, at[1], at[2]);
              HeadSide k = HeadSide.key(heads, at[1], at[3]);
              double product = q.turned().mul(k.turned()).sum().item();
              double fromKey = k.back(q.turned()).mul(k.read()).sum().item() + k.rest(q.turned());
              double fromQuery = q.back(k.turned()).mul(q.read()).sum().item() + q.rest(k.turned());
              var tolerance = new Tolerance(1e-4, 1e-4);
              assertClose(fromKey, product, tolerance);
              assertClose(fromQuery, product, tolerance);
            });
      }
    }
  }

  /// The published `q·W_K` is the other way round and gives another number.
  @Test
  void theTransposedProjectionDoesNotGiveTheScore() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), AttentionScore.recording(model))) {
      TensorScope.tidyRun(
          () -> {
            HeadLayer heads = HeadLayer.of(run, 1);
            HeadSide q = HeadSide.query(heads, 1, 20);
            HeadSide k = HeadSide.key(heads, 1, 3);
            int d = heads.heads().dHead();
            Tensor filled = Tensors.zeros(Shape.of(1, model.architecture().dModel())).copy();
            filled.narrow(1, d, d).addInPlace(q.turned().reshape(1, -1));
            Tensor wrong =
                filled
                    .matmul(
                        Linears.matrix(
                            model
                                .transformer()
                                .weights()
                                .matrix(MatrixKind.W_K.at(1), model.architecture())))
                    .squeeze(0);
            double product = q.turned().mul(k.turned()).sum().item();
            double got = wrong.mul(k.read()).sum().item() + k.rest(q.turned());
            assertThat(Math.abs(got - product)).isGreaterThan(1e-3);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void writersSumToTheStream(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run = model.run(golden.prompt(), AttentionScore.recording(model))) {
      TensorScope.tidyRun(
          () -> {
            StreamWriters writers = StreamWriters.before(run, 1, 13);
            assertThat(writers.components()).hasSize((int) writers.vectors().size(0));
            assertClose(
                writers.vectors().sum(0, false),
                run.activation(HookPoint.RESID_PRE.at(1), 13),
                FLOAT);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void whyAHeadAttendsSumsToItsScore(Golden golden) {
    try (LanguageModel model = golden.open();
        Run run =
            model.run(
                golden.prompt(),
                AttentionScore.recording(model).and(Recording.of(HookPoint.ATTN_SCORES)))) {
      int last = model.architecture().layers() - 1;
      for (int head = 0; head < model.architecture().block().attention().heads().heads(); head++) {
        AttentionScore why = AttentionScore.of(run, last, head, 20, 17, 6);

        double exact =
            run.activation(HookPoint.ATTN_SCORES.at(last)).toFloats()[(head * 24 + 20) * 24 + 17];
        Double cap = why.softCap();
        double squeezed = cap == null ? why.total() : cap * Math.tanh(why.total() / cap);
        assertClose(squeezed, exact, Tolerance.within(1e-5 * why.absolute() + 1e-6));
        assertClose(
            why.terms().stream().mapToDouble(ScoreTerm::score).sum() + why.others(),
            why.total(),
            Tolerance.within(1e-9));
        assertThat(why.terms()).hasSize(6);
        assertThat(IntStream.range(1, 6))
            .allMatch(
                i ->
                    Math.abs(why.terms().get(i - 1).score())
                        >= Math.abs(why.terms().get(i).score()));
      }
    }
  }

  @Test
  void aPositionOutOfSightHasNoReason() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run = model.run(Golden.GPT2.prompt(), AttentionScore.recording(model))) {
      assertThatThrownBy(() -> AttentionScore.of(run, 0, 0, 3, 4, 5))
          .isInstanceOf(AttentionException.class)
          .hasMessage(
              "heads: expected a position that 3 sees in layer 0, got 4; choose one before it");
      assertThatThrownBy(() -> AttentionScore.of(run, 0, 99, 3, 2, 5))
          .isInstanceOf(AttentionException.class)
          .hasMessageContaining("expected a head from 0 to");
    }
  }
}
