package io.lexiscope.analysis.gradient;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.analysis.Golden;
import io.lexiscope.base.FloatVector;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.edit.PatchOrigin;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.gradient.Backward;
import io.lexiscope.model.gradient.Loss;
import io.lexiscope.model.gradient.MatrixGradient;
import io.lexiscope.model.gradient.Taps;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Linalg;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.WeightLayout;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackwardLensTest {
  /// Nine different tokens.
  private static final TokenIds PROMPT = TokenIds.of(5, 41, 300, 9, 77, 210, 33, 404, 128);

  private static final int TARGET = 31;
  private static final PatchOrigin ORIGIN = PatchOrigin.named("test");

  private static GradientQuestion question(
      LanguageModel model, Loss loss, GradientReading reading) {
    return new GradientQuestion(
        loss,
        TARGET,
        new GradientQuestion.Places(
            IntStream.range(0, model.architecture().layers()).boxed().toList(),
            Arrays.stream(MatrixKind.values())
                .filter(kind -> kind.existsIn(model.architecture()))
                .toList(),
            List.of()),
        new GradientQuestion.Words(
            /* top= */ 512, /* bottom= */ 512, reading, GradientSign.DESCENT),
        GradientQuestion.Extras.standard());
  }

  private static GradientReport read(LanguageModel model, Loss loss) {
    return BackwardLens.of(model)
        .read(PROMPT, question(model, loss, GradientReading.LINEAR), Turn.immediately());
  }

  private static Tolerance float32(Tensor expected) {
    return Tolerance.within(2e-6 + 2e-5 * expected.abs().max().item());
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void factorsMakeTheReferencesGradientsAndTheirNorms(Golden golden) {
    try (LanguageModel model = golden.open()) {
      TensorScope.tidyRun(
          () -> {
            int last = model.architecture().layers() - 1;
            List<MatrixName> names =
                MatrixName.all(model.architecture()).stream()
                    .filter(name -> name.layer() == 0 || name.layer() == last)
                    .toList();
            try (Backward backward =
                Backward.of(
                    model,
                    golden.prompt(),
                    new Loss.MeanNextToken(),
                    Taps.at(names.toArray(MatrixName[]::new)))) {
              for (MatrixName name : names) {
                Tensor expected = reference(golden, model, name);
                MatrixGradient found = backward.at(name);
                assertClose(found.dense(), expected, float32(expected));
                assertClose(
                    FactorGram.of(found).norm(),
                    Math.sqrt(expected.mul(expected).sum().item()),
                    new Tolerance(1e-7, 1e-4));
              }
            }
          });
    }
  }

  /// The reference's gradient of a matrix, [d_in, d_out].
  private static Tensor reference(Golden golden, LanguageModel model, MatrixName name) {
    BlockMatrix<Tensor> place = model.transformer().weights().matrix(name, model.architecture());
    Tensor weight = place.linear().weight();
    String parameter =
        model.parameters().entrySet().stream()
            .filter(entry -> entry.getValue() == weight)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    Tensor stored =
        Tensors.of(golden.numbers("grad." + parameter), Shape.of(weight.shape().toArray()));
    return place
        .outputs()
        .of(place.linear().layout() == WeightLayout.OUT_IN ? stored.transpose(0, 1) : stored);
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aStepAlongADirectionOfAMatrixChangesTheLossAsItsFactorsSay(Golden golden) {
    try (LanguageModel model = golden.open()) {
      RandomGenerator random = Seeded.CONGRUENTIAL.from(7);
      Loss loss = Loss.NextToken.last(TARGET);
      TensorScope.tidyRun(
          () -> {
            for (MatrixKind kind : MatrixKind.values()) {
              if (!kind.existsIn(model.architecture())) {
                continue;
              }
              MatrixName name = kind.at(1);
              try (Backward backward = Backward.of(model, PROMPT, loss, Taps.at(name))) {
                // A direction that has much of the gradient in it: its own last term, and noise.
                MatrixGradient gradient = backward.at(name);
                long end = PROMPT.size() - 1L;
                float[] a = gradient.x().select(0, 0).select(0, end).toFloats();
                float[] b = gradient.delta().select(0, 0).select(0, end).toFloats();
                unit(a, random);
                unit(b, random);
                double slope =
                    TensorScope.tidy(
                        () ->
                            gradient
                                .dense()
                                .mul(
                                    Tensors.of(a, Shape.of(a.length, 1))
                                        .matmul(Tensors.of(b, Shape.of(1, b.length))))
                                .sum()
                                .item());
                double h = 5e-3;
                double change = moved(model, name, a, b, h) - moved(model, name, a, b, -h);

                assertClose(change / (2 * h), slope, new Tolerance(5e-4, 1e-2));
              }
            }
          });
    }
  }

  private static void unit(float[] vector, RandomGenerator random) {
    double length = FloatVector.of(vector).length();
    for (int i = 0; i < vector.length; i++) {
      vector[i] =
          (float) (vector[i] / length + 0.2 * random.nextGaussian() / Math.sqrt(vector.length));
    }
  }

  private static double moved(
      LanguageModel model, MatrixName name, float[] a, float[] b, double h) {
    WeightPatch patch =
        new WeightPatch(
            name, List.of(new PatchTerm(FloatVector.of(a), FloatVector.of(b).times(h))), ORIGIN);
    try (WeightEdits edits = WeightEdits.open(model.architecture(), PatchStack.of(patch))) {
      return LossValue.of(model.with(edits), PROMPT, Loss.NextToken.last(TARGET));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void ranksAreThoseOfTheDenseGradientsAndTheLastMlpHasRankOne(Golden golden) {
    try (LanguageModel model = golden.open()) {
      int last = model.architecture().layers() - 1;
      GradientReport report = read(model, Loss.NextToken.last(TARGET));
      for (MatrixGradientShape shape : report.whole().shapes()) {
        assertThat(shape.numericalRank()).isBetween(1, PROMPT.size());
        if (shape.layer() == last && shape.matrix().matches("W_(Q|O|gate|in|out)")) {
          assertThat(shape.numericalRank()).as(shape.toString()).isEqualTo(1);
        }
        if (shape.layer() == 0 && shape.matrix().equals("W_in")) {
          assertThat(shape.numericalRank()).as(shape.toString()).isEqualTo(PROMPT.size());
        }
      }
      for (GradientCell cell : report.cells()) {
        boolean over = cell.layer() == last && cell.position() < PROMPT.size() - 1;
        if (over && cell.matrix().matches("W_(O|out|in|gate)")) {
          assertThat(cell.vjpNorm()).as(cell.toString()).isZero();
          assertThat(cell.vjpTop()).isNull();
          assertThat(cell.targetRank()).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void singularValuesAreThoseOfTheDenseGradient(Golden golden) {
    try (LanguageModel model = golden.open()) {
      TensorScope.tidyRun(
          () -> {
            MatrixName name = MatrixKind.W_IN.at(0);
            try (Backward backward =
                Backward.of(model, PROMPT, Loss.NextToken.last(TARGET), Taps.at(name))) {
              double[] found = FactorGram.of(backward.at(name)).singularValues();
              double[] dense = Tensors.doubles(Linalg.svd(backward.at(name).dense()).values());
              for (int i = 0; i < found.length; i++) {
                assertClose(found[i], dense[i], Tolerance.within(2e-6 * dense[0]));
              }
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void whatComesBackToTheMlpIsTheStreamsAndHasNoMeanUnderLayerNorm(Golden golden) {
    try (LanguageModel model = golden.open()) {
      if (model.architecture().block().wiring() != Wiring.PRE_NORM) {
        return;
      }
      TensorScope.tidyRun(
          () -> {
            for (int layer = 0; layer < model.architecture().layers(); layer++) {
              Taps taps =
                  Taps.at(MatrixKind.W_OUT.at(layer)).and(Taps.at(HookPoint.RESID_POST.at(layer)));
              try (Backward backward =
                  Backward.of(model, PROMPT, Loss.NextToken.last(TARGET), taps)) {
                Tensor delta = backward.at(MatrixKind.W_OUT.at(layer)).delta();
                Tensor stream = backward.gradient(HookPoint.RESID_POST.at(layer));
                assertClose(delta, stream, float32(stream));
                double mean = delta.mean(-1, /* keepAxis= */ false).abs().max().item();
                double length = delta.norm(-1, /* keepAxis= */ false).max().item();
                if (model.architecture().block().norm() instanceof Norm.LayerNorm) {
                  assertClose(mean, 0, Tolerance.within(1e-6 * length));
                } else {
                  assertThat(mean).isGreaterThan(1e-5 * length);
                }
              }
            }
          });
    }
  }

  @Test
  void theLastLayersDeltaIsTheNormsBackwardOfProbabilitiesLessTheTarget() {
    try (LanguageModel model = Golden.GPT2.open()) {
      TensorScope.tidyRun(
          () -> {
            int layer = model.architecture().layers() - 1;
            try (Backward backward =
                    Backward.of(
                        model,
                        PROMPT,
                        Loss.NextToken.last(TARGET),
                        Taps.at(MatrixKind.W_OUT.at(layer)));
                var run =
                    model.run(PROMPT, Recording.of(List.of(HookPoint.RESID_POST.at(layer))))) {
              float[] logits = run.logits(-1).toFloats();
              double[] back = new double[logits.length];
              double sum = 0;
              for (int k = 0; k < logits.length; k++) {
                back[k] = run.logits(-1).probability(k) - (k == TARGET ? 1 : 0);
                sum += back[k];
              }
              assertClose(sum, 0, Tolerance.within(1e-9));
              assertThat(
                      IntStream.range(0, back.length)
                          .boxed()
                          .min((a, b) -> Double.compare(back[a], back[b])))
                  .contains(TARGET);

              assertClose(
                  backward
                      .at(MatrixKind.W_OUT.at(layer))
                      .delta()
                      .select(0, 0)
                      .select(0, 8)
                      .toFloats(),
                  throughTheFinalNorm(
                      model, back, run.activation(HookPoint.RESID_POST.at(layer), -1)),
                  new Tolerance(2e-6, 1e-4));
            }
          });
    }
  }

  /// (g − mean g − x̂ mean(g·x̂)) ÷ σ with g = gain · (back U), in double precision.
  private static float[] throughTheFinalNorm(LanguageModel model, double[] back, Tensor stream) {
    var norm = Objects.requireNonNull(model.transformer().finalNorm());
    float[] gain = norm.gain().toFloats();
    float[] unembedding = model.transformer().unembedding().weight().toFloats();
    float[] x = stream.toFloats();
    int d = x.length;
    double mean = IntStream.range(0, d).mapToDouble(i -> x[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, d)
            .mapToDouble(i -> (x[i] - mean) * (x[i] - mean))
            .average()
            .orElseThrow();
    double sigma = Math.sqrt(variance + norm.kind().epsilon());
    double[] g = new double[d];
    for (int k = 0; k < back.length; k++) {
      for (int i = 0; i < d; i++) {
        g[i] += back[k] * unembedding[k * d + i] * gain[i];
      }
    }
    double meanG = Arrays.stream(g).average().orElseThrow();
    double along =
        IntStream.range(0, d)
            .mapToDouble(i -> g[i] * (x[i] - mean) / sigma)
            .average()
            .orElseThrow();
    float[] delta = new float[d];
    for (int i = 0; i < d; i++) {
      delta[i] = (float) ((g[i] - meanG - (x[i] - mean) / sigma * along) / sigma);
    }
    return delta;
  }

  /// Lemma 5.2, and the rule for other positions: what is added is η Σ (x_k·x_i) δ_i.
  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA", "GPT_NEOX", "QWEN3"})
  void anUpdateImprintsInputsAndShiftsOutputs(Golden golden) {
    try (LanguageModel model = golden.open()) {
      for (MatrixKind kind : List.of(MatrixKind.W_IN, MatrixKind.W_OUT)) {
        MatrixName name = kind.at(1);
        HookPoint after =
            kind == MatrixKind.W_OUT
                ? HookPoint.MLP_MODULE_OUT
                : kind.at(0).kind().existsIn(model.architecture())
                        && MatrixKind.W_GATE.existsIn(model.architecture())
                    ? HookPoint.MLP_PRE_LINEAR
                    : HookPoint.MLP_PRE;
        TensorScope.tidyRun(
            () -> {
              try (Backward backward =
                  Backward.of(model, PROMPT, Loss.NextToken.last(TARGET), Taps.at(name))) {
                MatrixGradient gradient = backward.at(name);
                Tensor x = gradient.x().select(0, 0);
                Tensor delta = gradient.delta().select(0, 0);
                int source = 4;
                double step = 30;
                WeightPatch patch =
                    WeightUpdate.of(backward, name, step, i -> i == source, ORIGIN).orElseThrow();
                assertThat(patch.rank()).isEqualTo(1);
                try (WeightEdits edits =
                        WeightEdits.open(model.architecture(), PatchStack.of(patch));
                    var before = model.run(PROMPT, Recording.of(List.of(after.at(1))));
                    var now = model.with(edits).run(PROMPT, Recording.of(List.of(after.at(1))))) {
                  Tensor change =
                      now.activation(after.at(1)).sub(before.activation(after.at(1))).select(0, 0);
                  Tensor expected =
                      x.matmul(x.narrow(0, source, 1).transpose(0, 1))
                          .matmul(delta.narrow(0, source, 1))
                          .mul(-step);
                  assertThat(expected.abs().max().item()).isGreaterThan(1e-3);
                  assertClose(
                      change,
                      expected,
                      Tolerance.within(1e-5 + 1e-4 * expected.abs().max().item()));
                }
              }
            });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aSmallStepTakesOffTheLossWhatWasPredicted(Golden golden) {
    try (LanguageModel model = golden.open()) {
      GradientReport report = read(model, Loss.NextToken.last(TARGET));
      assertThat(report.whole().effects()).hasSize(2);
      for (UpdateEffect effect : report.whole().effects()) {
        assertClose(effect.predicted(), -0.01 * report.loss(), new Tolerance(0, 0.01));
        assertClose(
            Objects.requireNonNull(effect.measured()), effect.predicted(), new Tolerance(0, 0.05));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void descentReadsTurnedRoundAndTheTargetIsMovedTowardsAtTheEnd(Golden golden) {
    try (LanguageModel model = golden.open()) {
      int last = model.architecture().layers() - 1;
      GradientQuestion asked = question(model, Loss.NextToken.last(TARGET), GradientReading.LINEAR);
      GradientQuestion raw =
          new GradientQuestion(
              asked.loss(),
              asked.target(),
              asked.places(),
              new GradientQuestion.Words(512, 512, GradientReading.LINEAR, GradientSign.RAW),
              asked.extras());
      GradientCell down =
          cell(BackwardLens.of(model).read(PROMPT, asked, Turn.immediately()), last, "W_out", 8);
      GradientCell up =
          cell(BackwardLens.of(model).read(PROMPT, raw, Turn.immediately()), last, "W_out", 8);
      int words = model.architecture().dimensions().vocabulary();

      assertThat(down.vjpNorm()).isEqualTo(up.vjpNorm());
      assertThat(down.targetRank()).isNotNull();
      assertThat(
              Objects.requireNonNull(down.targetRank()) + Objects.requireNonNull(up.targetRank()))
          .isEqualTo(words + 1);
      assertThat(ids(down.vjpTop()).subList(0, 20)).isEqualTo(ids(up.vjpBottom()).subList(0, 20));
      assertThat(down.targetRank())
          .as("post-norm families read before their norm")
          .isLessThanOrEqualTo(
              model.architecture().block().wiring() == Wiring.PRE_NORM ? 1 : words);
    }
  }

  private static List<Integer> ids(@Nullable List<TokenReading> words) {
    return Objects.requireNonNull(words).stream().map(TokenReading::id).toList();
  }

  private static GradientCell cell(GradientReport report, int layer, String matrix, int position) {
    return report.cells().stream()
        .filter(c -> c.layer() == layer && c.matrix().equals(matrix) && c.position() == position)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void normalisedReadingsDoNotKnowTheLengthOfAVectorAndRawOnesDo() {
    try (LanguageModel model = Golden.GPT2.open()) {
      TensorScope.tidyRun(
          () -> {
            Tensor vector = Tensors.of(new float[] {1, 2, -1, 0.5f, 3}, Shape.of(1, 5));
            float[] wide = new float[model.architecture().dModel()];
            System.arraycopy(vector.toFloats(), 0, wide, 0, 5);
            Tensor one = Tensors.of(wide, Shape.of(1, wide.length));
            Tensor short1 = one.mul(1e-6);
            for (GradientReading reading : GradientReading.values()) {
              GradientWords words = GradientWords.of(model, reading);
              List<Integer> whole = ids(words.read(one, 50, 0, TARGET).getFirst().top());
              List<Integer> small = ids(words.read(short1, 50, 0, TARGET).getFirst().top());
              if (reading == GradientReading.RAW) {
                Tensor zero = one.mul(0);
                assertThat(small).isNotEqualTo(whole);
                assertThat(small.subList(0, 10))
                    .isEqualTo(ids(words.read(zero, 10, 0, TARGET).getFirst().top()));
              } else {
                assertThat(small).isEqualTo(whole);
              }
            }
          });
    }
  }

  @Test
  void severalTokensGiveTheSumOfTheGradientsOfEach() {
    try (LanguageModel model = Golden.LLAMA.open()) {
      TokenIds target = TokenIds.of(31, 400, 12);
      MatrixName name = MatrixKind.W_OUT.at(0);
      TensorScope.tidyRun(
          () -> {
            Tensor sum =
                Tensors.zeros(
                    Shape.of(
                        name.kind().inputs(model.architecture()), model.architecture().dModel()));
            double loss = 0;
            for (int i = 0; i < target.size(); i++) {
              TokenIds before = PROMPT.plus(target.slice(0, i));
              try (Backward one =
                  Backward.of(model, before, Loss.NextToken.last(target.get(i)), Taps.at(name))) {
                sum.addInPlace(one.at(name).dense());
                loss += one.loss();
              }
            }
            try (Backward all =
                Backward.of(model, PROMPT, new Loss.Continuation(target), Taps.at(name))) {
              assertClose(all.at(name).dense(), sum, float32(sum));
              assertClose(all.loss(), loss, new Tolerance(0, 1e-5));
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "GPT_NEO", "OPT"})
  void reversedAttentionSumsToZeroAndRebuildsWhatComesBackToQueriesAndKeys(Golden golden) {
    try (LanguageModel model = golden.open()) {
      int heads = model.architecture().block().attention().heads().heads();
      GradientQuestion asked = question(model, Loss.NextToken.last(TARGET), GradientReading.LINEAR);
      GradientReport report =
          BackwardLens.of(model)
              .read(
                  PROMPT,
                  new GradientQuestion(
                      asked.loss(),
                      asked.target(),
                      asked.places(),
                      new GradientQuestion.Words(1, 1, GradientReading.LINEAR, GradientSign.RAW),
                      new GradientQuestion.Extras(List.of(), null, false, 1000)),
                  Turn.immediately());
      assertThat(report.whole().reversed()).hasSize(heads * model.architecture().layers());
      TensorScope.tidyRun(
          () -> {
            Taps taps = Taps.at(MatrixKind.W_Q.at(1), MatrixKind.W_K.at(1));
            try (Backward backward = Backward.of(model, PROMPT, Loss.NextToken.last(TARGET), taps);
                var run =
                    model.run(
                        PROMPT, Recording.of(List.of(HookPoint.Q.at(1), HookPoint.K.at(1))))) {
              Tensor q = run.activation(HookPoint.Q.at(1)).select(0, 0);
              Tensor k = run.activation(HookPoint.K.at(1)).select(0, 0);
              int d = Math.toIntExact(q.size(2));
              Tensor deltaQ = backward.at(MatrixKind.W_Q.at(1)).delta().select(0, 0);
              Tensor deltaK = backward.at(MatrixKind.W_K.at(1)).delta().select(0, 0);
              double largest = report.whole().reversed().getFirst().norm();
              for (ReversedHead head : report.whole().reversed()) {
                for (List<Double> row : head.rows()) {
                  assertClose(
                      row.stream().mapToDouble(r -> r).sum(),
                      0,
                      Tolerance.within(1e-6 * largest + 1e-9));
                }
                if (head.layer() == 1) {
                  Tensor r = matrix(head.rows());
                  assertClose(
                      deltaQ.narrow(1, (long) head.head() * d, d),
                      r.matmul(k.select(1, head.head())),
                      float32(deltaQ));
                  assertClose(
                      deltaK.narrow(1, (long) head.head() * d, d),
                      r.transpose(0, 1).matmul(q.select(1, head.head())),
                      float32(deltaK));
                }
              }
              // The gradient of a bias of keys: what comes back to all of them together.
              assertClose(
                  deltaK.sum(0, false).abs().max().item(),
                  0,
                  Tolerance.within(1e-5 * deltaK.abs().max().item()));
            }
          });
    }
  }

  private static Tensor matrix(List<List<Double>> rows) {
    double[] numbers = rows.stream().flatMap(List::stream).mapToDouble(number -> number).toArray();
    return Tensors.ofDoubles(numbers, Shape.of(rows.size(), rows.getFirst().size()))
        .to(DType.FLOAT32);
  }

  @Test
  void onePositionAndRepeatedTokensStayAligned() {
    try (LanguageModel model = Golden.GPT2.open()) {
      for (TokenIds prompt : List.of(TokenIds.of(5), TokenIds.of(5, 5, 5, 9, 9))) {
        GradientReport report =
            BackwardLens.of(model)
                .read(
                    prompt,
                    question(model, Loss.NextToken.last(TARGET), GradientReading.LINEAR),
                    Turn.immediately());
        assertThat(report.tokens()).isEqualTo(prompt);
        assertThat(report.cells())
            .hasSize(prompt.size() * MatrixName.all(model.architecture()).size());
      }
    }
  }
}
