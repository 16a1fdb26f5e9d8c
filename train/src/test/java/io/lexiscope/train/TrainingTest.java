package io.lexiscope.train;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.tensor.testing.Tolerance;
import io.lexiscope.train.recipe.Recipe;
import io.lexiscope.train.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
  private static final String RECIPE =
      """
      {
        "about": {"name": "tiny", "description": "Adds digits.", "weights": "F16"},
        "task": {"name": "addition", "seed": 3, "options": {"digits": 1, "lossOn": "ANSWER"}},
        "model": {
          "model_type": "gpt2", "architectures": ["GPT2LMHeadModel"],
          "n_layer": 2, "n_head": 2, "n_embd": 16, "n_positions": 16
        },
        "fit": {
          "steps": 12,
          "batches": {"rows": 16, "length": 0, "accumulate": 1},
          "schedule": {"kind": "COSINE", "peak": 0.01, "warmup": 3, "floor": 0.1},
          "optimizer": {"beta1": 0.9, "beta2": 0.98, "weightDecay": 0.1, "decayAll": false, "clip": 0.5},
          "start": {"seed": 5, "deviation": 0.1}
        },
        "reports": {"logEvery": 1, "checkpointEvery": 4, "evaluateEvery": 0, "questions": 10, "threads": 1}
      }
      """;

  private static final String ENCODER =
      """
      "model": {
        "model_type": "bert", "architectures": ["BertForSequenceClassification"], "num_labels": 1,
        "id2label": {"0": "value"}, "num_hidden_layers": 1, "num_attention_heads": 2,
        "hidden_size": 16, "intermediate_size": 32, "max_position_embeddings": 64
      },
      """;

  @TempDir Path folder;

  private static Recipe recipe() {
    return Recipes.parse(RECIPE, "a test");
  }

  private static Recipe with(String what, String instead) {
    assertThat(RECIPE).contains(what);
    return Recipes.parse(RECIPE.replace(what, instead), "a test");
  }

  private List<Double> losses(Recipe recipe, String name) {
    Training.run(recipe, folder.resolve(name), /* resume= */ false, TrainingListener.silent());
    return curve(name);
  }

  private List<Double> curve(String name) {
    try {
      return Files.readAllLines(folder.resolve(name).resolve("loss.csv")).stream()
          .skip(1)
          .map(row -> Double.valueOf(row.split(",", -1)[1]))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void twoRunsOfOneSeedGiveTheSameLosses() {
    assertThat(losses(recipe(), "a")).hasSize(12).isEqualTo(losses(recipe(), "b"));
  }

  @Test
  void anotherSeedGivesOtherLosses() {
    assertThat(losses(recipe(), "a")).isNotEqualTo(losses(with("\"seed\": 5", "\"seed\": 6"), "b"));
  }

  @Test
  void theLossFalls() {
    List<Double> losses = losses(recipe().withSteps(60), "a");

    assertThat(losses.getLast()).isLessThan(losses.getFirst() * 0.8);
  }

  @Test
  void aRunThatBreaksOffGoesOnToTheBit() throws IOException {
    List<Double> whole = losses(recipe(), "whole");
    Path broken = folder.resolve("broken");

    assertThatThrownBy(
            () ->
                Training.run(
                    recipe(),
                    broken,
                    /* resume= */ false,
                    progress -> {
                      if (progress.step() == 7) {
                        throw new IllegalStateException("power cut");
                      }
                      return true;
                    }))
        .hasMessage("power cut");
    Training.run(recipe(), broken, /* resume= */ true, TrainingListener.silent());

    assertThat(curve("broken")).isEqualTo(whole);
    assertThat(broken.resolve("model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve("model.safetensors"));
    assertThat(Files.exists(broken.resolve("checkpoint/state.safetensors"))).isFalse();
  }

  @Test
  void aListenerCanStopARunWhereItIs() {
    Path out = folder.resolve("out");

    TrainingResult stopped =
        Training.run(recipe(), out, /* resume= */ false, progress -> progress.step() < 5);
    TrainingResult finished =
        Training.run(recipe(), out, /* resume= */ true, TrainingListener.silent());

    assertThat(stopped.finished()).isFalse();
    assertThat(stopped.step()).isEqualTo(5);
    assertThat(finished.finished()).isTrue();
    assertThat(curve("out")).hasSize(12);
  }

  @Test
  void nothingToResumeIsSaidAndNothingBegun() {
    Path out = folder.resolve("out");

    assertThatThrownBy(
            () -> Training.run(recipe(), out, /* resume= */ true, TrainingListener.silent()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("resume: expected an unfinished run, got no checkpoint in");
    assertThat(out).doesNotExist();
  }

  @Test
  void aRunThatIsToldToStopKeepsTheStepItIsAt() {
    Path out = folder.resolve("out");
    int[] asked = {0};

    TrainingResult stopped =
        Training.run(
            recipe(),
            out,
            /* resume= */ false,
            new TrainingListener() {
              @Override
              public boolean progress(TrainingProgress progress) {
                return true;
              }

              @Override
              public boolean goesOn() {
                return ++asked[0] < 3;
              }
            });

    assertThat(stopped.step()).isEqualTo(3);
    assertThat(out.resolve("checkpoint/state.safetensors")).exists();
  }

  @Test
  void accumulatedPassesAreOneLargerBatch() {
    List<Double> large = losses(with("\"rows\": 16", "\"rows\": 32"), "large");
    List<Double> small = losses(with("\"accumulate\": 1", "\"accumulate\": 2"), "small");

    // All answers but one in a hundred have the same length here, so means of means are near means.
    for (int i = 0; i < large.size(); i++) {
      assertClose(small.get(i), large.get(i), Tolerance.within(0.03));
    }
  }

  @Test
  void aSecondRunKeepsOutOfAFolderAtWork() {
    Path out = folder.resolve("out");
    List<String> refusals = new ArrayList<>();

    Training.run(
        recipe(),
        out,
        /* resume= */ false,
        progress -> {
          if (progress.step() == 2) {
            try {
              Training.run(recipe(), out, /* resume= */ true, TrainingListener.silent());
            } catch (TrainingException e) {
              refusals.add(e.getMessage());
            }
          }
          return true;
        });

    assertThat(refusals).singleElement().asString().contains("no other run writes to");
    assertThat(curve("out")).hasSize(12);
    assertThat(out.resolve(".training.lock")).doesNotExist();
  }

  @Test
  void aFolderWithARunIsNotOverwritten() {
    Path out = folder.resolve("out");
    Training.run(recipe(), out, /* resume= */ false, TrainingListener.silent());

    assertThatThrownBy(
            () -> Training.run(recipe(), out, /* resume= */ false, TrainingListener.silent()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("resume it, or choose another folder");
    assertThatThrownBy(
            () -> Training.run(recipe(), out, /* resume= */ true, TrainingListener.silent()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("finished model");
  }

  @Test
  void aCheckpointOfAnotherRecipeIsRefused() {
    Path out = folder.resolve("out");
    Training.run(recipe(), out, /* resume= */ false, progress -> progress.step() < 5);

    assertThatThrownBy(
            () ->
                Training.run(
                    with("\"clip\": 0.5", "\"clip\": 0.4"),
                    out,
                    /* resume= */ true,
                    TrainingListener.silent()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("one of another");
  }

  @Test
  void aLossThatIsNotFiniteEndsTheRunWithAReason() {
    Recipe wild = with("\"peak\": 0.01", "\"peak\": 1e30");

    assertThatThrownBy(() -> losses(wild, "a"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("lower the learning rate");
  }

  @Test
  void theResultIsAModelThatOpensAndIsAsGoodAsItSays() throws IOException {
    TrainingResult result =
        Training.run(
            recipe().withSteps(80),
            folder.resolve("out"),
            /* resume= */ false,
            TrainingListener.silent());

    try (LanguageModel model = LanguageModel.open(result.folder())) {
      assertThat(model.unusedWeights()).isEmpty();
      assertThat(model.generate("B1+2=", Decoding.greedy(2)).text()).startsWith("B1+2=");
      assertThat(Evaluations.run(model)).isEqualTo(result.metrics());
    }
    assertThat(Files.readString(result.folder().resolve("README.md")))
        .contains("`exact`")
        .contains("B<first>+<second>=<sum>E");
    assertThat(Recipes.read(result.folder().resolve("recipe.json")))
        .isEqualTo(recipe().withSteps(80));
  }

  @Test
  void halfPrecisionProductsTrainToo() {
    List<Double> losses =
        losses(with("\"accumulate\": 1", "\"arithmetic\": \"BF16\"").withSteps(60), "a");

    assertThat(losses.getLast()).isLessThan(losses.getFirst() * 0.8);
  }

  @Test
  void anEncoderWithARegressionHeadTrains() {
    String json =
        RECIPE
            .replaceAll("(?s)\"model\": \\{.*?},", ENCODER)
            .replaceAll(
                "\"task\": .*,\n", "\"task\": {\"name\": \"expressions-encoder\", \"seed\": 1},\n");
    var metrics = new ArrayList<Metric>();

    Training.run(
        Recipes.parse(json, "a test").withSteps(40),
        folder.resolve("out"),
        /* resume= */ false,
        new TrainingListener() {
          @Override
          public boolean progress(TrainingProgress progress) {
            return true;
          }

          @Override
          public void evaluated(int step, List<Metric> measured) {
            metrics.addAll(measured);
          }
        });

    List<Double> losses = curve("out");
    assertThat(mean(losses.subList(30, 40))).isLessThan(mean(losses.subList(0, 10)));
    assertThat(metrics).extracting(Metric::name).contains("r2-a-(b-c)-three-digit");
  }
}
