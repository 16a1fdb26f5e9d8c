package io.lexiscope.model;

import static io.lexiscope.model.GoldenModel.doubles;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.TensorViews;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Assets;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real model in GGUF gives the weights, the tokens and the numbers that the references wrote
/// down.
class RealGgufTest {
  private static final String FOLDER = "models/smollm2-135m-gguf";
  private static final Tolerance LOGITS = new Tolerance(5e-4, 2e-5);

  /// A smaller margin between the best two tokens may break either way from roundings alone.
  private static final double SAFE_MARGIN = 0.01;

  private static JsonNode golden(String name) {
    return JsonMapper.shared().readTree(Assets.require(FOLDER).resolve(name));
  }

  private static TokenIds ids(JsonNode array) {
    List<Integer> ids = new ArrayList<>();
    array.forEach(id -> ids.add(id.asInt()));
    return TokenIds.of(ids);
  }

  @Test
  void everyTensorIsTheOneThatTheReferenceWidens() {
    JsonNode tensors = golden("golden.json").get("tensors");
    ModelSource source = ModelSource.of(Assets.require(FOLDER));
    try (var checkpoint = source.tensors()) {
      assertThat(checkpoint.names()).hasSize(tensors.size());
      for (String name : checkpoint.names()) {
        JsonNode expected = tensors.get(name);
        StoredTensor stored = checkpoint.get(name).orElseThrow();
        assertThat(stored.type().name()).isEqualTo(expected.get("type").asString());
        float[] floats = TensorScope.tidy(() -> TensorViews.of(stored).toFloats());
        double sum = 0;
        double squares = 0;
        for (float number : floats) {
          sum += number;
          squares += (double) number * number;
        }
        for (int i = 0; i < 4; i++) {
          assertThat((double) floats[i]).isEqualTo(expected.get("first4").get(i).asDouble());
        }
        assertClose(sum, expected.get("sum").asDouble(), new Tolerance(1e-6, 1e-10));
        assertClose(squares, expected.get("sum_of_squares").asDouble(), new Tolerance(1e-6, 1e-10));
      }
    }
  }

  @Test
  void nastyTextsHaveTheIdsOfLlamaCpp() {
    JsonNode texts = golden("tokens.json");
    assertThat(texts.size()).isEqualTo(300);
    try (Tokenizer tokenizer = ModelSource.of(Assets.require(FOLDER)).tokenizer()) {
      for (JsonNode text : texts) {
        assertThat(tokenizer.encodeWithoutSpecial(text.get("text").asString()).ids())
            .as(text.get("text").toString())
            .isEqualTo(ids(text.get("llama_cpp")));
      }
    }
  }

  @Test
  void everyCaseOfTheReferenceIsReproduced() {
    JsonNode golden = golden("golden.json");
    Path file = Assets.require(FOLDER + "/SmolLM2-135M-Instruct.Q4_1.gguf");
    assertThat(golden.get("cases").size()).isEqualTo(14);
    try (LanguageModel model = LanguageModel.open(file)) {
      assertThat(model.unusedWeights()).isEmpty();
      for (JsonNode expected : golden.get("cases")) {
        reproduce(model, expected);
      }
    }
  }

  private static void reproduce(LanguageModel model, JsonNode expected) {
    TokenIds prompt = model.tokenizer().encode(expected.get("prompt").asString()).ids();
    assertThat(prompt).isEqualTo(ids(expected.get("ids")));
    try (Run run = model.run(prompt, Recording.of(HookPoint.RESID_PRE, HookPoint.RESID_POST))) {
      float[] logits = TensorScope.tidy(() -> run.logits(run.length() - 1).toFloats());
      JsonNode first = expected.get("logits_first8");
      for (int i = 0; i < first.size(); i++) {
        assertClose(logits[i], first.get(i).asDouble(), LOGITS);
      }
      for (JsonNode entry : expected.get("top10")) {
        assertClose(logits[entry.get(0).asInt()], entry.get(2).asDouble(), LOGITS);
      }
      requireNorms(run, expected.get("residual_norms_last_position"));
      assertClose(
          norm(doubles(run.last()), run),
          expected.get("final_normed_norm_last_position").asDouble(),
          LOGITS);
      requireLens(run, expected.get("lens_answer"));
      if (expected.has("mean_next_token_loss")) {
        assertClose(loss(run), expected.get("mean_next_token_loss").asDouble(), LOGITS);
      }
    }
    if (expected.get("greedy_smallest_margin").asDouble() > SAFE_MARGIN) {
      JsonNode greedy = expected.get("greedy");
      TokenIds made = model.generator().generate(prompt, Decoding.greedy(greedy.size())).ids();
      assertThat(made).isEqualTo(prompt.plus(ids(greedy)));
    }
  }

  private static void requireNorms(Run run, JsonNode norms) {
    assertThat(norms.size()).isEqualTo(run.model().architecture().layers());
    for (int layer = 0; layer < norms.size(); layer++) {
      double[] stream = doubles(run.activation(HookPoint.RESID_PRE.at(layer)));
      assertClose(norm(stream, run), norms.get(layer).asDouble(), new Tolerance(2e-4, 2e-5));
    }
  }

  private static double norm(double[] stream, Run run) {
    int width = run.model().architecture().dModel();
    double square = 0;
    for (int i = stream.length - width; i < stream.length; i++) {
      square += stream[i] * stream[i];
    }
    return Math.sqrt(square);
  }

  private static void requireLens(Run run, JsonNode lens) {
    int token = lens.get("token").asInt();
    JsonNode logits = lens.get("logit_after_block");
    var transformer = run.model().transformer();
    for (int layer = 0; layer < logits.size(); layer++) {
      Tensor stream = run.activation(HookPoint.RESID_POST.at(layer));
      float[] row =
          TensorScope.tidy(
              () -> {
                Tensor last = stream.select(1, run.length() - 1).reshape(1, -1);
                Tensor normed = Objects.requireNonNull(transformer.finalNorm()).apply(last);
                return transformer.unembedding().logits(normed, token, 1).toFloats();
              });
      assertClose(row[0], logits.get(layer).asDouble(), LOGITS);
    }
  }

  private static double loss(Run run) {
    return TensorScope.tidy(
        () ->
            Nn.crossEntropy(
                    run.logits().narrow(0, 0, run.length() - 1),
                    Tensors.ofLongs(
                        run.tokens().slice(1, run.length()).toLongs(), Shape.of(run.length() - 1)),
                    /* ignored= */ -100)
                .item());
  }
}
