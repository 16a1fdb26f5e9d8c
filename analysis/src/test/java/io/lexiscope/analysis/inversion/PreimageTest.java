package io.lexiscope.analysis.inversion;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.site.ActivationConvention;
import io.lexiscope.model.site.ActivationSite;
import io.lexiscope.model.site.SiteException;
import io.lexiscope.model.site.SiteReader;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreimageTest {
  private static final Tolerance FLOAT = new Tolerance(1e-5, 1e-4);

  /// 60 inputs of five tokens that begin alike.
  private static final ProductSpace SPACE =
      new ProductSpace(
          List.of(List.of(3), List.of(17), List.of(5, 6, 7), List.of(8, 9, 10, 11), range(20, 25)),
          UnaryOperator.identity());

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static double[] doubles(float[] floats) {
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "GPT2, blocks.0.hook_resid_mid",
    "GPT2, blocks.2.hook_resid_post",
    "GPT2, L1H2",
    "LLAMA, L0H1",
    "LLAMA, blocks.1.hook_mlp_out",
    "LLAMA, blocks.1.attn.hook_q",
    "GPT2, ln_final.hook_normalized",
    "GPT2, hook_embed"
  })
  void everyDistanceIsThatOfTheInputRunAlone(Golden golden, String place) {
    try (LanguageModel model = golden.open()) {
      var reader = SiteReader.of(model, ActivationSite.parse(place), ActivationConvention.RAW);
      var query = InversionQuery.of(model, reader, SPACE.input(7), /* position= */ 4);
      var search =
          new Search(new MatchedPosition.FromStart(4), ActivationMetric.EUCLIDEAN, Set.of());

      var preimage =
          Preimage.find(model, List.of(query), SPACE, search, Turn.immediately()).getFirst();

      double[] wanted = alone(model, reader, SPACE.input(7), 4);
      for (int i = 0; i < SPACE.size(); i++) {
        double[] other = alone(model, reader, SPACE.input(i), 4);
        assertClose(preimage.distances().of(i), distance(wanted, other), FLOAT);
      }
      assertThat(preimage.distances().of(7)).isLessThanOrEqualTo(1e-6);
      assertThat(preimage.distances().of(preimage.distances().nearest(1)[0]))
          .isLessThanOrEqualTo(1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"GPT2", "LLAMA"})
  void atAnyPositionTheNearestCountsAndLeftOutTokensDoNot(Golden golden) {
    try (LanguageModel model = golden.open()) {
      var reader =
          SiteReader.of(
              model, ActivationSite.parse("blocks.1.hook_resid_post"), ActivationConvention.RAW);
      var query = InversionQuery.of(model, reader, SPACE.input(7), /* position= */ 3);
      var search =
          new Search(new MatchedPosition.Any(), ActivationMetric.COSINE, /* leftOut= */ Set.of(17));

      var preimage =
          Preimage.find(model, List.of(query), SPACE, search, Turn.immediately()).getFirst();

      double[] wanted = alone(model, reader, SPACE.input(7), 3);
      for (int i = 0; i < SPACE.size(); i++) {
        int number = i;
        double[] each =
            IntStream.of(0, 2, 3, 4)
                .mapToDouble(t -> cosine(wanted, alone(model, reader, SPACE.input(number), t)))
                .toArray();
        double least = Arrays.stream(each).min().orElseThrow();
        assertClose(preimage.distances().of(i), least, FLOAT);
        assertThat(preimage.distances().position(i)).isNotEqualTo(1);
      }
    }
  }

  /// `C·[(Σ_j A_ij v_j) − (b_V + W_V·b_ln)]·W_O` with values taken from the run.
  @Test
  void aPublishedHeadLacksWhatBiasesAddAndItsMean() {
    try (LanguageModel model = Golden.GPT2.open();
        Run run =
            model.run(
                Golden.GPT2.prompt().slice(0, 6), Recording.of(HookPoint.PATTERN, HookPoint.V))) {
      var heads = model.architecture().block().attention().heads();
      int layer = 1;
      int head = 2;
      var reader =
          SiteReader.of(model, ActivationSite.parse("a1.2"), ActivationSite.conventionOf("a1.2"));
      double[] pattern =
          doubles(run.activation(HookPoint.PATTERN.at(layer), 5).toFloats()); // [head, key]
      double[] constant = constantValue(model, layer, head);
      double[] mixed = new double[heads.dHead()];
      for (int key = 0; key < 6; key++) {
        double[] v = doubles(run.activation(HookPoint.V.at(layer), key).toFloats());
        for (int i = 0; i < mixed.length; i++) {
          mixed[i] += pattern[head * 6 + key] * (v[head * heads.dHead() + i] - constant[i]);
        }
      }
      int width = model.architecture().dModel();
      float[] out =
          TensorScope.tidy(
              () ->
                  Linears.rowsAreInputs(
                          model.transformer().weights().blocks().get(layer).attention().out())
                      .contiguous()
                      .toFloats());
      double[] expected = new double[width];
      for (int i = 0; i < mixed.length; i++) {
        for (int d = 0; d < width; d++) {
          expected[d] += mixed[i] * out[(head * heads.dHead() + i) * width + d];
        }
      }
      double mean = Arrays.stream(expected).average().orElseThrow();

      double[] published = alone(model, reader, Golden.GPT2.prompt().slice(0, 6), 5);

      for (int d = 0; d < width; d++) {
        assertClose(published[d], expected[d] - mean, FLOAT);
      }
      assertThat(Arrays.stream(constant).anyMatch(number -> number != 0)).isTrue();
    }
  }

  /// Values of a key whose norm gives only its bias: `b_V + W_V·b_ln`.
  private static double[] constantValue(LanguageModel model, int layer, int head) {
    var block = model.transformer().weights().blocks().get(layer);
    var fused =
        (io.lexiscope.model.matrix.AttentionWeights.Fused<io.lexiscope.tensor.Tensor>)
            block.attention().qkv();
    var heads = model.architecture().block().attention().heads();
    int all = 3 * heads.queryWidth();
    float[] matrix =
        TensorScope.tidy(() -> Linears.rowsAreInputs(fused.qkv()).contiguous().toFloats());
    var bias = fused.qkv().bias();
    var normBias = block.norms().ln1().bias();
    double[] b = doubles(java.util.Objects.requireNonNull(bias).toFloats());
    double[] x = doubles(java.util.Objects.requireNonNull(normBias).toFloats());
    double[] constant = new double[heads.dHead()];
    for (int i = 0; i < constant.length; i++) {
      int column = 2 * heads.queryWidth() + head * heads.dHead() + i;
      constant[i] = b[column];
      for (int d = 0; d < x.length; d++) {
        constant[i] += x[d] * matrix[d * all + column];
      }
    }
    return constant;
  }

  @Test
  void whatHasNoVectorOrNoPublishedFormIsRefused() {
    try (LanguageModel model = Golden.GPT2.open()) {
      assertThatThrownBy(() -> ActivationSite.parse("blocks.0.attn.hook_pattern"))
          .isInstanceOf(SiteException.class)
          .hasMessageContaining("a vector at each position");
      assertThatThrownBy(
              () ->
                  SiteReader.of(
                      model,
                      ActivationSite.parse("blocks.0.mlp.hook_post"),
                      ActivationConvention.PUBLISHED))
          .isInstanceOf(SiteException.class)
          .hasMessageContaining("read it raw");
      assertThatThrownBy(
              () -> SiteReader.of(model, ActivationSite.parse("x9.pre"), ActivationConvention.RAW))
          .isInstanceOf(SiteException.class)
          .hasMessageContaining("3 layers");
    }
  }

  private static double[] alone(
      LanguageModel model, SiteReader reader, TokenIds input, int position) {
    try (Run run = model.run(input, Recording.of(List.of(reader.hook())))) {
      return doubles(reader.at(run.activation(reader.hook()), /* row= */ 0, position));
    }
  }

  private static double distance(double[] query, double[] other) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < query.length; i++) {
      difference += Math.pow(query[i] - other[i], 2);
      norm += query[i] * query[i];
    }
    return Math.sqrt(difference / norm);
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double one = 0;
    double other = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      one += a[i] * a[i];
      other += b[i] * b[i];
    }
    return 1 - product / Math.sqrt(one * other);
  }
}
