package io.lexiscope.model;

import static io.lexiscope.model.GoldenModel.doubles;
import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.testing.Assets;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real checkpoints give the numbers and the texts that the reference wrote down.
class RealModelsTest {
  private static final Tolerance FLOAT = new Tolerance(2e-4, 2e-5);

  private static TokenIds ids(JsonNode array) {
    List<Integer> ids = new ArrayList<>();
    array.forEach(id -> ids.add(id.asInt()));
    return TokenIds.of(ids);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tinystories-656k",
        "stories260k",
        "babyllama-tok105",
        "inversionview-addition",
        "inversionview-counting"
      })
  void everyCaseOfTheReferenceIsReproduced(String name) {
    Path folder = Assets.require("models/" + name);
    JsonNode golden = JsonMapper.shared().readTree(folder.resolve("golden.json"));
    assertThat(golden.get("cases").size()).isPositive();
    try (LanguageModel model = LanguageModel.open(folder)) {
      for (JsonNode expected : golden.get("cases")) {
        reproduce(model, expected);
      }
    }
  }

  private static void reproduce(LanguageModel model, JsonNode expected) {
    TokenIds prompt = model.tokenizer().encode(expected.get("prompt").asString()).ids();
    assertThat(prompt).isEqualTo(ids(expected.get("ids")));
    try (Run run = model.run(prompt, Recording.of(HookPoint.RESID_PRE))) {
      float[] logits = run.logits(-1).toFloats();
      JsonNode first = expected.get("logits_first8");
      for (int i = 0; i < first.size(); i++) {
        assertClose(logits[i], first.get(i).asDouble(), FLOAT);
      }
      requireTop(logits, expected.get("top10"));
      requireNorms(run, expected.get("residual_norms_last_position"));
      assertClose(meanLoss(run), expected.get("mean_next_token_loss").asDouble(), FLOAT);
    }
    JsonNode greedy = expected.get("greedy");
    Generation generation = model.generator().generate(prompt, Decoding.greedy(greedy.size()));
    assertThat(generation.ids()).isEqualTo(prompt.plus(ids(greedy)));
    assertThat(generation.text()).isEqualTo(expected.get("greedy_text").asString());
  }

  private static void requireTop(float[] logits, JsonNode top) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double mass = 0;
    for (float logit : logits) {
      mass += Math.exp(logit - max);
    }
    double earlier = Double.POSITIVE_INFINITY;
    for (JsonNode entry : top) {
      double logit = logits[entry.get(0).asInt()];
      assertClose(Math.exp(logit - max) / mass, entry.get(2).asDouble(), new Tolerance(1e-6, 1e-3));
      assertThat(logit).isLessThanOrEqualTo(earlier);
      earlier = logit;
    }
  }

  /// Entering each block, and after the final norm.
  private static void requireNorms(Run run, JsonNode norms) {
    int layers = run.model().architecture().layers();
    assertThat(norms.size()).isEqualTo(layers + 1);
    for (int layer = 0; layer <= layers; layer++) {
      double[] stream =
          doubles(layer < layers ? run.activation(HookPoint.RESID_PRE.at(layer)) : run.last());
      int width = run.model().architecture().dModel();
      double square = 0;
      for (int i = stream.length - width; i < stream.length; i++) {
        square += stream[i] * stream[i];
      }
      assertClose(Math.sqrt(square), norms.get(layer).asDouble(), FLOAT);
    }
  }

  private static double meanLoss(Run run) {
    return TensorScope.tidy(
        () ->
            Nn.crossEntropy(
                    run.logits().narrow(0, 0, run.length() - 1),
                    Tensors.ofLongs(run.tokens().slice(1, run.length()).toLongs()),
                    /* ignored= */ -100)
                .item());
  }

  @Test
  void theAdditionModelAnswersAsOftenAsItsAuthorsFound() {
    Path folder = Assets.require("models/inversionview-addition");
    Random random = new Random(20261121);
    int right = 0;
    int sums = 2000;
    try (LanguageModel model = LanguageModel.open(folder)) {
      for (int i = 0; i < sums; i++) {
        int a = random.nextInt(100, 1000);
        int b = random.nextInt(100, 1000);
        String answer = a + b + "E";

        TokenIds prompt = model.tokenizer().encode("B" + a + "+" + b + "=").ids();
        Generation generation =
            model.generator().generate(prompt, Decoding.greedy(Math.min(answer.length(), 4)));

        String all = model.tokenizer().decodeWithSpecial(generation.ids());
        String given = all.substring(all.indexOf('=') + 1).replace(" ", "");
        right += answer.startsWith(given) && given.length() == Math.min(answer.length(), 4) ? 1 : 0;
      }
    }
    assertThat(right).as("right answers of %d", sums).isGreaterThanOrEqualTo(1950);
  }
}
