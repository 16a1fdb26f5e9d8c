package io.lexiscope.workbench.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.workbench.activations.ActivationsRequest;
import io.lexiscope.workbench.parity.ParityRequest;
import io.lexiscope.workbench.train.EvaluateRequest;
import io.lexiscope.workbench.train.NewRequest;
import io.lexiscope.workbench.train.TrainRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  @TempDir private Path folder;
  private Path models;
  private Path data;
  private Path outputs;
  private Path secret;
  private Reach reach;

  @BeforeEach
  void places() throws IOException {
    folder = folder.toRealPath();
    models = Files.createDirectories(folder.resolve("models"));
    data = Files.createDirectories(folder.resolve("data"));
    outputs = folder.resolve("outputs");
    secret = Files.writeString(folder.resolve("secret"), "hunter2");
    reach = Reach.below(List.of(models), List.of(data), outputs, "addition"::equals);
  }

  @Test
  void theCommandLineReachesEverything() {
    var request = parity(secret.toString());

    assertThat(Reach.everything().admit("parity", request)).isSameAs(request);
    assertThat(Reach.everything().holdsModel(Path.of("/"))).isTrue();
  }

  @Test
  void dataIsReadBelowItsFolderAndBelowThoseOfModels() throws IOException {
    var mine = Files.writeString(data.resolve("a.safetensors"), "x");
    var golden = Files.writeString(models.resolve("g.safetensors"), "x");

    assertThat(reach.admit("parity", parity(mine.toString())).golden()).isEqualTo(mine.toString());
    assertThat(reach.admit("parity", parity("a.safetensors")).golden()).isEqualTo(mine.toString());
    assertThat(reach.admit("parity", parity("g.safetensors")).golden())
        .isEqualTo(golden.toString());
    assertThat(reach.admit("parity", parity(null)).golden()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "SECRET",
        "link",
        "linked/secret",
        "none",
        "/etc/passwd",
        "/dev/zero",
        "",
        "a\0b"
      })
  void nothingElseIsReadAndTheWordsDoNotSayWhetherItIsThere(String name) throws IOException {
    Files.createSymbolicLink(data.resolve("link"), secret);
    Files.createSymbolicLink(data.resolve("linked"), folder);
    var asked = name.equals("SECRET") ? secret.toString() : name;

    assertThatThrownBy(() -> reach.admit("parity", parity(asked)))
        .hasMessage(
            "parity: expected a file below the folders of data or models that the server was"
                + " started with in golden, got %s; move it there, or start the server with"
                    .formatted(asked.isEmpty() ? "an empty name" : asked)
                + " --data-root FOLDER")
        .isInstanceOfSatisfying(
            WorkbenchException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ProblemKind.FORBIDDEN);
              assertThat(e.field()).isEqualTo("golden");
            });
  }

  @Test
  void aNameOfTheProgramIsNoPath() throws IOException {
    var mine = Files.writeString(data.resolve("recipe.json"), "{}");

    assertThat(reach.admit("evaluate", evaluate("addition")).recipe()).isEqualTo("addition");
    assertThat(reach.admit("evaluate", evaluate("recipe.json")).recipe())
        .isEqualTo(mine.toString());
    assertThatThrownBy(() -> reach.admit("evaluate", evaluate("sorting")))
        .hasMessageContaining("evaluate: expected a file below");
  }

  @Test
  void whatIsWrittenIsNewAndInTheFolderForOutputs() throws IOException {
    assertThat(reach.admit("activations", activations("a.safetensors")).output())
        .isEqualTo(outputs.resolve("a.safetensors").toString());
    assertThat(
            reach
                .admit("activations", activations(outputs.resolve("a.safetensors").toString()))
                .output())
        .isEqualTo(outputs.resolve("a.safetensors").toString());
    Files.writeString(outputs.resolve("a.safetensors"), "kept");
    Files.createSymbolicLink(outputs.resolve("out"), folder);
    Files.createSymbolicLink(outputs.resolve("dangling"), folder.resolve("new"));

    for (var taken : List.of("a.safetensors", "dangling", "out")) {
      assertThatThrownBy(() -> reach.admit("activations", activations(taken)))
          .hasMessageContaining("expected a name that is not taken in output, got " + taken);
    }
    for (var elsewhere :
        List.of("../b", "out/b", "", ".", folder.resolve("b").toString(), "no/such/b", "a\0b")) {
      assertThatThrownBy(() -> reach.admit("activations", activations(elsewhere)))
          .hasMessageContaining("expected a name in the folder for outputs, " + outputs);
    }
  }

  @Test
  void aTrainingMayGoOnInItsFolderAndNowhereElse() throws IOException {
    Files.createDirectories(outputs.resolve("run"));
    Files.createSymbolicLink(outputs.resolve("link"), folder);

    assertThat(
            reach
                .admit("train", new TrainRequest("addition", "run", true, /* steps= */ 1))
                .output())
        .isEqualTo(outputs.resolve("run").toString());
    assertThatThrownBy(
            () -> reach.admit("train", new TrainRequest("addition", "link", true, /* steps= */ 1)))
        .hasMessageContaining("not taken");
    assertThatThrownBy(
            () ->
                reach.admit(
                    "new",
                    new NewRequest(secret.toString(), "n", /* seed= */ 0L, /* dtype= */ null)))
        .hasMessageContaining("in like, got " + secret);
  }

  @Test
  void aModelLeadsNowhereElse() throws IOException {
    var good = Files.createDirectories(models.resolve("good"));
    Files.writeString(good.resolve("config.json"), "{}");
    var bad = Files.createDirectories(models.resolve("bad"));
    Files.createSymbolicLink(bad.resolve("config.json"), secret);
    var linked = Files.createSymbolicLink(models.resolve("linked"), folder);

    assertThat(reach.holdsModel(good)).isTrue();
    assertThat(reach.holdsModel(bad)).isFalse();
    assertThat(reach.holdsModel(linked)).isFalse();
    assertThat(reach.holdsModel(data)).isFalse();
    assertThat(Reach.below(List.of(bad), List.of(), outputs, name -> false).holdsModel(bad))
        .as("named by whoever started the server")
        .isTrue();
  }

  private static ParityRequest parity(@Nullable String golden) {
    return new ParityRequest(ModelChoice.of(null), golden, /* atol= */ null);
  }

  private static EvaluateRequest evaluate(String recipe) {
    return new EvaluateRequest(ModelChoice.of(null), recipe, /* interventions= */ null);
  }

  private static ActivationsRequest activations(String output) {
    return ViewJson.read(
        "{\"text\":\"a\",\"at\":\"hook_embed\",\"output\":" + ViewJson.write(output) + "}",
        ActivationsRequest.class);
  }
}
