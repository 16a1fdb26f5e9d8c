package io.lexiscope.hub.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.HubException;
import io.lexiscope.hub.HubProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFinderTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir private Path folder;
  private ModelFinder finder;

  @BeforeEach
  void places() throws IOException {
    model("bundled/microworld");
    model("mine/story");
    model("mine/microworld");
    model("hub/models--org--small/snapshots/" + COMMIT);
    write("hub/models--org--small/refs/main", COMMIT + "\n");
    model("hub/models--gpt2/snapshots/" + COMMIT);
    Files.createDirectories(folder.resolve("bundled/empty"));
    finder =
        new ModelFinder(
            new ModelPlaces(
                folder.resolve("bundled"),
                List.of(folder.resolve("mine")),
                folder.resolve("hub"),
                "microworld"));
  }

  @Test
  void noNameIsTheDefaultAndABundledNameComesFirst() {
    assertThat(finder.find(null)).isEqualTo(finder.find("microworld"));
    assertThat(finder.find("microworld").origin()).isEqualTo(ModelOrigin.BUNDLED);
    assertThat(finder.find("story").origin()).isEqualTo(ModelOrigin.LOCAL);
  }

  @Test
  void aFolderIsAModelByItsPath() {
    var path = folder.resolve("mine/story").toString();

    assertThat(finder.find(path))
        .isEqualTo(new FoundModel(path, folder.resolve("mine/story"), ModelOrigin.LOCAL));
  }

  @Test
  void aHubIdIsFoundInTheCacheByItsReferenceItsCommitOrAlone() {
    var snapshot = folder.resolve("hub/models--org--small/snapshots/" + COMMIT);

    assertThat(finder.find("org/small").folder()).isEqualTo(snapshot);
    assertThat(finder.find("org/small@" + COMMIT).folder()).isEqualTo(snapshot);
    assertThat(finder.find("gpt2").origin()).isEqualTo(ModelOrigin.CACHED);
  }

  @Test
  void allModelsAreListedOnceWithoutFoldersThatAreNone() {
    assertThat(finder.all().stream().map(FoundModel::name))
        .containsExactly("microworld", "story", "gpt2", "org/small");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nothing",
        "org/none",
        "org/small@dev",
        "../bundled/microworld",
        "a b",
        "\0"
      })
  void whatIsNotThereIsOneLineThatNamesWhatIs(String name) {
    assertThatThrownBy(() -> finder.find(name))
        .hasMessageContaining("expected a folder with config.json")
        .hasMessageContaining("microworld, story, gpt2, org/small")
        .hasMessageNotContaining("\n")
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.kind()).isEqualTo(HubProblem.NOT_FOUND));
  }

  private void model(String path) throws IOException {
    write(path + "/config.json", "{}");
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
