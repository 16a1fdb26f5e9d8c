package io.lexiscope.index;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.index.SearchHits.Hit;
import io.lexiscope.index.SearchHits.OwnWord;
import io.lexiscope.index.query.Ranking;
import io.lexiscope.index.query.SearchQuery;
import io.lexiscope.index.vector.Catalogue;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a search finds against a scan of all vectors in plain doubles.
class VocabularyIndexTest {
  private static final String HASH = "0123456789abcdef";
  private static final Tolerance FLOAT = new Tolerance(2e-5, 1e-4);

  /// Few words are kept, so that most stand in nobody's list.
  private static final BuildOptions FEW = new BuildOptions(/* words= */ 4, /* corpus= */ null);

  @TempDir Path folder;

  @MustBeClosed
  static LanguageModel golden(String name) {
    return LanguageModel.open(Path.of("../model/src/test/resources/golden", name));
  }

  @MustBeClosed
  private VocabularyIndex build(LanguageModel model, BuildOptions options) {
    return new IndexStore(folder).build(model, HASH, options, BuildWatch.NONE);
  }

  private static void close(double[] actual, double[] expected, Tolerance tolerance) {
    assertClose(floats(actual), floats(expected), tolerance);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[][] doubles(Tensor matrix) {
    return TensorScope.tidy(
        () -> {
          float[] values = matrix.to(DType.FLOAT32).toFloats();
          int width = (int) matrix.size(1);
          double[][] rows = new double[(int) matrix.size(0)][width];
          for (int i = 0; i < values.length; i++) {
            rows[i / width][i % width] = values[i];
          }
          return rows;
        });
  }

  /// The value vectors of all neurons, by layer.
  private static double[][] neurons(LanguageModel model) {
    List<double[]> rows = new ArrayList<>();
    model
        .transformer()
        .weights()
        .blocks()
        .forEach(
            block ->
                rows.addAll(
                    List.of(
                        TensorScope.tidy(
                            () -> doubles(Linears.rowsAreInputs(block.mlp().out()))))));
    return rows.toArray(double[][]::new);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static long above(double[] scores, double score) {
    return java.util.Arrays.stream(scores).filter(other -> other > score).count();
  }

  /// U − Ū of a model, straight from its definition.
  private static double[][] centred(LanguageModel model) {
    double[][] rows = doubles(model.transformer().unembedding().weight());
    AffineNorm norm = Objects.requireNonNull(CentredUnembedding.normOf(model.transformer()));
    double[] gain = TensorScope.tidy(() -> doubles(norm.gain().unsqueeze(0))[0]);
    boolean centres = norm.kind() instanceof Norm.LayerNorm;
    double[] mean = new double[gain.length];
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= gain[i];
      }
      double middle = centres ? java.util.Arrays.stream(row).average().orElseThrow() : 0;
      for (int i = 0; i < row.length; i++) {
        row[i] -= middle;
        mean[i] += row[i] / rows.length;
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] -= mean[i];
      }
    }
    return rows;
  }

  /// The standard deviation of a vector's scores over the vocabulary.
  private static double spread(double[][] words, double[] vector) {
    double sum = 0;
    for (double[] word : words) {
      double score = dot(word, vector);
      sum += score * score;
    }
    return Math.sqrt(sum / words.length);
  }

  private static double[] column(double[] best, int limit, boolean largest) {
    double[] sorted = best.clone();
    java.util.Arrays.sort(sorted);
    double[] taken = new double[limit];
    for (int i = 0; i < limit; i++) {
      taken[i] = largest ? sorted[sorted.length - 1 - i] : sorted[i];
    }
    return taken;
  }

  private static double[] scores(SearchHits hits) {
    return hits.hits().stream().mapToDouble(Hit::score).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a", "gemma2-a", "phi-a", "opt-a", "gpt-neox-a"})
  void aHundredRandomTokensFindWhatAScanFinds(String name) {
    try (LanguageModel model = golden(name);
        VocabularyIndex index = build(model, FEW)) {
      double[][] vectors = neurons(model);
      double[][] words = centred(model);
      Catalogue catalogue = Catalogue.of(model);
      Random random = new Random(7);
      int inNobodysList = 0;
      for (int round = 0; round < 100; round++) {
        int token = random.nextInt(words.length);
        double[] scores = new double[vectors.length];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = dot(words[token], vectors[i]) / spread(words, vectors[i]);
        }

        SearchHits found = index.search(model, SearchQuery.parse("#" + token + " kind:neuron"), 10);
        SearchHits suppressing =
            index.search(model, SearchQuery.parse("suppresses:#" + token + " kind:neuron"), 10);

        close(scores(found), column(scores, 10, /* largest= */ true), FLOAT);
        close(scores(suppressing), column(scores, 10, /* largest= */ false), FLOAT);
        for (Hit hit : found.hits()) {
          int number = catalogue.number(hit.name()).orElseThrow();
          assertClose(hit.score(), scores[number], FLOAT);
          assertClose(
              hit.measures().norm(), Math.sqrt(dot(vectors[number], vectors[number])), FLOAT);
        }
        boolean listed =
            found.hits().stream()
                .flatMap(hit -> hit.entry().top().stream())
                .anyMatch(word -> word.id() == token);
        inNobodysList += listed ? 0 : 1;
        assertThat(found.searched()).isEqualTo(vectors.length);
      }
      assertThat(inNobodysList).isPositive();
    }
  }

  @Test
  void theRawScoreIsTheProductAsItIs() {
    try (LanguageModel model = golden("llama-a");
        VocabularyIndex index = build(model, FEW)) {
      double[][] vectors = neurons(model);
      double[] word = doubles(model.transformer().unembedding().weight())[44];
      double[] scores =
          java.util.Arrays.stream(vectors).mapToDouble(vector -> dot(word, vector)).toArray();

      SearchHits found =
          index.search(
              model,
              SearchQuery.parse("#44 kind:neuron")
                  .by(new Ranking(Ranking.By.RAW, /* weaker= */ false)),
              10);

      close(scores(found), column(scores, 10, /* largest= */ true), FLOAT);
      assertThat(found.weaker()).isZero();
    }
  }

  @Test
  void theWordsOfAVectorAreItsLargestAndSmallestScores() {
    try (LanguageModel model = golden("llama-a");
        VocabularyIndex index = build(model, FEW)) {
      double[][] vectors = neurons(model);
      double[][] words = centred(model);
      Catalogue catalogue = Catalogue.of(model);
      for (Hit hit : index.search(model, SearchQuery.parse("#3 kind:neuron"), 20).hits()) {
        double[] vector = vectors[catalogue.number(hit.name()).orElseThrow()];
        double[] scores = new double[words.length];
        for (int word = 0; word < words.length; word++) {
          scores[word] = dot(words[word], vector);
        }

        double[] trained =
            IntStream.range(0, scores.length)
                .filter(word -> !model.reader().underTrained().contains(word))
                .mapToDouble(word -> scores[word])
                .toArray();
        double[] top = hit.entry().top().stream().mapToDouble(OwnWord::score).toArray();
        double[] bottom = hit.entry().bottom().stream().mapToDouble(OwnWord::score).toArray();

        close(top, column(trained, 4, /* largest= */ true), FLOAT);
        close(bottom, column(trained, 4, /* largest= */ false), FLOAT);
        for (OwnWord word : hit.entry().top()) {
          assertThat(word.rank()).isEqualTo(1 + above(scores, scores[word.id()]));
        }
        assertThat(hit.words().getFirst().rank()).isEqualTo(1 + above(scores, scores[3]));
        double[] raw = doubles(model.transformer().unembedding().weight())[3];
        assertClose(hit.words().getFirst().raw(), dot(raw, vector), FLOAT);
        double mass = 0;
        for (double score : scores) {
          mass += Math.exp(score);
        }
        assertClose(hit.entry().logSumExp(), Math.log(mass), FLOAT);
      }
    }
  }

  @Test
  void likenessIsTheCosineOfAllPairs() {
    try (LanguageModel model = golden("gpt2-a");
        VocabularyIndex index = build(model, FEW)) {
      double[][] vectors = neurons(model);
      int asked = 1 * model.architecture().dimensions().dMlp() + 17;
      double[] cosines = new double[vectors.length];
      for (int i = 0; i < cosines.length; i++) {
        cosines[i] =
            i == asked
                ? -1
                : dot(vectors[asked], vectors[i])
                    / Math.sqrt(dot(vectors[i], vectors[i]) * dot(vectors[asked], vectors[asked]));
      }

      SearchHits found = index.search(model, SearchQuery.parse("like:L1N17 kind:neuron"), 12);

      close(scores(found), column(cosines, 12, /* largest= */ true), FLOAT);
      assertThat(found.hits())
          .noneMatch(hit -> hit.name().equals(new NeuronName(/* layer= */ 1, 17)));
    }
  }

  @Test
  void severalWordsRankByTheMeanOfVectorsThatFulfilAll() {
    try (LanguageModel model = golden("gpt2-a");
        VocabularyIndex index = build(model, FEW)) {
      double[][] vectors = neurons(model);
      double[][] words = centred(model);
      double[] means =
          IntStream.range(0, vectors.length)
              .mapToObj(
                  i ->
                      new double[] {
                        dot(words[5], vectors[i]) / spread(words, vectors[i]),
                        dot(words[9], vectors[i]) / spread(words, vectors[i]),
                        dot(words[40], vectors[i]) / spread(words, vectors[i])
                      })
              .filter(scores -> scores[0] > 0 && scores[1] > 0 && scores[2] < 0)
              .mapToDouble(scores -> (scores[0] + scores[1] - scores[2]) / 3)
              .boxed()
              .sorted(Comparator.reverseOrder())
              .mapToDouble(Double::doubleValue)
              .toArray();

      SearchHits found =
          index.search(model, SearchQuery.parse("promotes:#5,#9 suppresses:#40 kind:neuron"), 1000);

      assertThat(found.hits()).hasSize(means.length);
      close(scores(found), means, FLOAT);
      assertThat(found.hits())
          .allMatch(hit -> hit.words().get(0).score() > 0 && hit.words().get(2).score() < 0);
    }
  }

  @Test
  void filtersLeaveExactlyTheVectorsThatPassThem() {
    try (LanguageModel model = golden("gpt2-a");
        VocabularyIndex index = build(model, FEW)) {
      double[][] vectors = neurons(model);
      double[] norms = new double[vectors.length];
      for (int i = 0; i < norms.length; i++) {
        norms[i] = Math.sqrt(dot(vectors[i], vectors[i]));
      }
      double middle = column(norms, norms.length / 2, /* largest= */ true)[norms.length / 2 - 1];
      long longer = java.util.Arrays.stream(norms).filter(norm -> norm > middle).count();
      int layers = model.architecture().layers();
      int neurons = model.architecture().dimensions().dMlp();
      Catalogue catalogue = Catalogue.of(model);

      assertThat(searched(index, model, "#1 kind:neuron norm:>" + (float) middle))
          .isBetween(longer - 1, longer + 1);
      assertThat(searched(index, model, "#1 layer:1 kind:neuron")).isEqualTo(neurons);
      assertThat(searched(index, model, "#1 kind:head"))
          .isEqualTo((long) layers * catalogue.shape().heads() * catalogue.shape().directions());
      assertThat(searched(index, model, "#1 kind:bias")).isEqualTo(2L * layers);
      assertThat(searched(index, model, "#1 kind:any")).isEqualTo(catalogue.size());
      assertThat(searched(index, model, "#1 top:#9"))
          .isEqualTo(
              index.search(model, SearchQuery.parse("#1 sign:both"), 100_000).hits().stream()
                  .filter(hit -> hit.entry().top().stream().anyMatch(word -> word.id() == 9))
                  .count());
    }
  }

  private static long searched(VocabularyIndex index, LanguageModel model, String query) {
    return index.search(model, SearchQuery.parse(query), 1).searched();
  }

  @Test
  void firingRatesAreTheSharesOfPositivePositions() {
    int[] ids = new Random(3).ints(150, 0, 512).toArray();
    try (LanguageModel model = golden("gpt2-a");
        VocabularyIndex index =
            build(model, new BuildOptions(4, new Corpus("a test", List.of(TokenIds.of(ids)))))) {
      int window = model.architecture().dimensions().context();
      int[] fired = new int[model.architecture().dimensions().dMlp()];
      for (int start = 0; start < ids.length; start += window) {
        int[] part = java.util.Arrays.copyOfRange(ids, start, Math.min(ids.length, start + window));
        try (Run run = model.run(TokenIds.of(part), Recording.of(HookPoint.MLP_POST))) {
          float[] post =
              TensorScope.tidy(() -> run.activation(HookPoint.MLP_POST.at(1)).toFloats());
          for (int i = 0; i < post.length; i++) {
            fired[i % fired.length] += post[i] > 0 ? 1 : 0;
          }
        }
      }
      Set<Integer> expected = new HashSet<>();
      for (int neuron = 0; neuron < fired.length; neuron++) {
        if (fired[neuron] > 0.5 * ids.length) {
          expected.add(neuron);
        }
      }

      SearchHits found =
          index.search(
              model, SearchQuery.parse("#1 sign:both layer:1 kind:neuron rate:>0.5"), 10_000);

      assertThat(expected).isNotEmpty();
      assertThat(found.hits().stream().map(hit -> ((NeuronName) hit.name()).index()))
          .containsExactlyInAnyOrderElementsOf(expected);
      for (Hit hit : found.hits()) {
        int neuron = ((NeuronName) hit.name()).index();
        assertClose(
            java.util.Objects.requireNonNull(hit.measures().rate()),
            (double) fired[neuron] / ids.length,
            FLOAT);
      }
    }
  }

  @Test
  void whatTheIndexOrTheModelDoesNotHaveIsRefused() {
    try (LanguageModel model = golden("gpt2-a");
        VocabularyIndex index = build(model, FEW)) {
      assertThatThrownBy(() -> searched(index, model, "#1 rate:>0.1"))
          .hasMessage(
              "search: expected an index with firing rates for rate:, got one without; build it"
                  + " with a corpus (index --corpus FILE)");
      assertThatThrownBy(() -> searched(index, model, "#1 layer:99"))
          .hasMessageStartingWith("search: expected layers from 0 to ")
          .hasMessageEndingWith("got layer:99");
      assertThatThrownBy(() -> searched(index, model, "like:L0N99999"))
          .hasMessageStartingWith("search: expected a vector of the model (")
          .hasMessageEndingWith("got L0N99999");
      assertThatThrownBy(() -> searched(index, model, "#512"))
          .hasMessage("search: expected a token id from 0 to 511, got 512");
    }
  }
}
