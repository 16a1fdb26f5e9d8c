package io.lexiscope.model.reading;

import static io.lexiscope.model.GoldenModel.doubles;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Words, means, spreads and scores are what their definitions give in double precision over the
/// whole vocabulary.
class VectorReaderTest {
  private static final Tolerance CLOSE = new Tolerance(2e-5, 2e-5);
  private static final int VECTORS = 4;

  /// U and Ū of a model, straight from their definitions.
  private static double[][] centred(LanguageModel model) {
    double[] weight = doubles(model.transformer().unembedding().weight());
    int vocabulary = model.transformer().unembedding().vocabularySize();
    int width = weight.length / vocabulary;
    AffineNorm norm = CentredUnembedding.normOf(model.transformer());
    double[] gain = norm == null ? ones(width) : TensorScope.tidy(() -> doubles(norm.gain()));
    boolean centres = norm != null && norm.kind() instanceof Norm.LayerNorm;
    double[][] rows = new double[vocabulary][width];
    double[] mean = new double[width];
    for (int word = 0; word < vocabulary; word++) {
      for (int i = 0; i < width; i++) {
        rows[word][i] = weight[word * width + i] * gain[i];
      }
      double middle = centres ? Arrays.stream(rows[word]).average().orElseThrow() : 0;
      for (int i = 0; i < width; i++) {
        rows[word][i] -= middle;
        mean[i] += rows[word][i] / vocabulary;
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] -= mean[i];
      }
    }
    return rows;
  }

  private static double[] ones(int width) {
    double[] ones = new double[width];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double product(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static Tensor vectors(int width) {
    float[] numbers = new float[VECTORS * width];
    var random = Seeded.CONGRUENTIAL.from(5);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (random.nextGaussian() + 0.5);
    }
    return Tensors.of(numbers, Shape.of(VECTORS, width));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT") // has no language head
  void readsWordsAgainstTheMeanWord(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      double[][] words = centred(model);
      int width = model.architecture().dModel();
      TensorScope.tidyRun(
          () -> {
            Tensor vectors = vectors(width);
            double[] flat = doubles(vectors);
            List<VectorReading> readings =
                model
                    .reader()
                    .read(
                        vectors,
                        ReadingRequest.words(10, 10).withEveryToken().andTargets(List.of(7, 400)));
            for (int row = 0; row < VECTORS; row++) {
              double[] v = Arrays.copyOfRange(flat, row * width, (row + 1) * width);
              double[] scores =
                  Arrays.stream(words).mapToDouble(word -> product(word, v)).toArray();
              double norm = Math.sqrt(product(v, v));
              VectorReading reading = readings.get(row);

              double spread =
                  Math.sqrt(Arrays.stream(scores).map(s -> s * s).average().orElseThrow());
              assertClose(reading.overVocabulary().spread(), spread, CLOSE);
              List<Integer> order =
                  IntStream.range(0, scores.length)
                      .boxed()
                      .sorted(Comparator.comparingDouble((Integer id) -> -scores[id]))
                      .toList();
              assertThat(reading.top().stream().map(TokenReading::id))
                  .containsExactlyElementsOf(order.subList(0, 10));
              for (TokenReading word : reading.bottom()) {
                assertClose(word.logit(), scores[word.id()], CLOSE);
                double length = Math.sqrt(product(words[word.id()], words[word.id()]));
                assertClose(
                    Objects.requireNonNull(word.z()),
                    scores[word.id()] / (norm * length / Math.sqrt(width)),
                    CLOSE);
              }
              for (TargetReading target : reading.targets()) {
                assertClose(target.logit(), scores[target.id()], CLOSE);
                assertThat(target.rank()).isEqualTo(1 + order.indexOf(target.id()));
              }
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT") // has no language head
  void theScoresOfAVectorSumToNothing(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      int size = model.reader().unembedding().size();
      TensorScope.tidyRun(
          () -> {
            Tensor vectors = vectors(model.architecture().dModel());
            VectorReading all =
                model
                    .reader()
                    .read(vectors, ReadingRequest.words(size, 0).withEveryToken())
                    .getFirst();

            assertThat(all.top()).hasSize(size);
            assertClose(
                all.top().stream().mapToDouble(TokenReading::logit).sum(),
                0,
                Tolerance.within(1e-5 * size));
          });
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT") // has no language head
  void directionsGiveAWordsPartAboveTheMean(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      double[][] words = centred(model);
      TensorScope.tidyRun(
          () -> {
            double[] direction =
                doubles(
                    model
                        .reader()
                        .unembedding()
                        .directions(List.of(33), Baseline.MEAN, Space.FOLDED));
            for (int i = 0; i < direction.length; i++) {
              assertClose(direction[i], words[33][i], CLOSE);
            }
          });
    }
  }
}
