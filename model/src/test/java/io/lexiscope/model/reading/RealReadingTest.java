package io.lexiscope.model.reading;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Assets;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real model's vectors read as `make_readings.py` reads them in PyTorch.
class RealReadingTest {
  private static final String MODEL = "models/smollm2-135m-gguf/SmolLM2-135M-Instruct.Q4_1.gguf";
  private static final Tolerance CLOSE = new Tolerance(1e-3, 1e-4);

  private static JsonNode golden() throws IOException {
    try (InputStream in = RealReadingTest.class.getResourceAsStream("/reading/smollm2.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in));
    }
  }

  private static Tensor value(LanguageModel model, JsonNode vector) {
    return Linears.rowsAreInputs(
            model.transformer().weights().blocks().get(vector.get("layer").asInt()).mlp().out())
        .narrow(0, vector.get("neuron").asInt(), 1);
  }

  @Test
  void valueVectorsReadAsTheReferenceReadsThem() throws IOException {
    JsonNode golden = golden();
    try (var model =
        LanguageModel.open(ModelSource.of(Assets.require(MODEL)), Compute.standard())) {
      VectorReader reader = model.reader();
      assertClose(
          reader.unembedding().threshold(),
          golden.get("threshold").asDouble(),
          new Tolerance(1e-7, 0));
      TensorScope.tidyRun(
          () -> {
            for (JsonNode vector : golden.get("vectors")) {
              List<Integer> ids = new ArrayList<>();
              vector.get("words").forEach(word -> ids.add(word.get("id").asInt()));
              VectorReading reading =
                  reader
                      .read(
                          value(model, vector),
                          ReadingRequest.words(20, 0).withEveryToken().andTargets(ids))
                      .getFirst();

              assertClose(reading.overVocabulary().mean(), vector.get("mean").asDouble(), CLOSE);
              assertClose(
                  reading.overVocabulary().spread(), vector.get("spread").asDouble(), CLOSE);
              List<Integer> top = new ArrayList<>();
              vector.get("top").forEach(id -> top.add(id.asInt()));
              assertThat(reading.top().stream().map(TokenReading::id)).isEqualTo(top);
              for (int i = 0; i < ids.size(); i++) {
                JsonNode word = vector.get("words").get(i);
                TargetReading target = reading.targets().get(i);
                assertClose(target.logit(), word.get("score").asDouble(), CLOSE);
                assertClose(Objects.requireNonNull(target.z()), word.get("z").asDouble(), CLOSE);
                assertThat(Math.abs(target.rank() - word.get("rank").asInt())).isLessThan(3);
              }
            }
          });
    }
  }

  @Test
  void wordsBeyondTheThresholdAreStarredAndNoOther() throws IOException {
    JsonNode golden = golden();
    try (var model =
        LanguageModel.open(ModelSource.of(Assets.require(MODEL)), Compute.standard())) {
      VectorReader reader = model.reader();
      int size = reader.unembedding().size();
      TensorScope.tidyRun(
          () -> {
            for (JsonNode vector : golden.get("vectors")) {
              long starred =
                  reader
                      .read(value(model, vector), ReadingRequest.words(size, 0).withEveryToken())
                      .getFirst()
                      .top()
                      .stream()
                      .filter(word -> reader.unembedding().stars(Objects.requireNonNull(word.z())))
                      .count();

              assertThat(starred).isEqualTo(vector.get("stars").asLong());
            }
          });
    }
  }

  @Test
  void underTrainedTokensAreLeftOutOfListsAndCounted() throws IOException {
    JsonNode golden = golden();
    try (var model =
        LanguageModel.open(ModelSource.of(Assets.require(MODEL)), Compute.standard())) {
      UnderTrained left = model.reader().underTrained();
      Tokenizer words = model.tokenizer();

      assertThat(left.longRows()).isEqualTo(golden.get("longRows").asInt());
      assertThat(List.of(" strugg", " affili", "Intf"))
          .allMatch(piece -> left.contains(words.idOf(piece)));
      assertThat(List.of(" Norway", " doctor", " the", " struggle", "<|im_end|>"))
          .noneMatch(word -> left.contains(words.idOf(word)));
      TensorScope.tidyRun(
          () -> {
            Tensor values =
                Linears.rowsAreInputs(model.transformer().weights().blocks().get(3).mlp().out())
                    .narrow(0, 0, 64);
            List<VectorReading> shown = model.reader().read(values, ReadingRequest.words(30, 30));
            List<VectorReading> all =
                model.reader().read(values, ReadingRequest.words(30, 30).withEveryToken());

            assertThat(shown)
                .allMatch(reading -> reading.top().size() == 30 && reading.bottom().size() == 30);
            assertThat(shown)
                .allMatch(
                    reading -> reading.top().stream().noneMatch(word -> left.contains(word.id())));
            assertThat(IntStream.range(0, 64))
                .allMatch(
                    row ->
                        shown.get(row).words().leftOut() > 0
                            || shown.get(row).words().equals(all.get(row).words()));
          });
    }
  }
}
