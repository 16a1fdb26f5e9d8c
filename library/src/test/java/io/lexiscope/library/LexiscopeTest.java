package io.lexiscope.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.HubException;
import io.lexiscope.hub.find.FoundModel;
import io.lexiscope.hub.find.ModelOrigin;
import io.lexiscope.hub.find.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiscopeTest {
  private static final Path MODELS =
      Path.of(System.getenv().getOrDefault("LEXISCOPE_REPOSITORY", "..")).resolve("models");

  @TempDir private Path home;

  private UserFolders folders() {
    return new UserFolders(Map.of(), home, "Linux");
  }

  @Test
  void everyBundledModelIsOnTheClassPathWithItsVeryBytes() throws IOException {
    List<String> inRepository;
    try (var folders = Files.list(MODELS)) {
      inRepository =
          folders
              .filter(folder -> Files.isRegularFile(folder.resolve("config.json")))
              .map(folder -> String.valueOf(folder.getFileName()))
              .sorted()
              .toList();
    }
    var found = Lexiscope.finder(folders()).all();

    assertThat(found.stream().map(FoundModel::name)).containsExactlyElementsOf(inRepository);
    for (var model : found) {
      assertThat(model.origin()).isEqualTo(ModelOrigin.BUNDLED);
      assertThat(model.folder()).startsWith(home.resolve(".cache/lexiscope/models"));
      assertThat(model.folder().resolve("model.safetensors"))
          .hasSameBinaryContentAs(MODELS.resolve(model.name()).resolve("model.safetensors"));
    }
  }

  @Test
  void aHubIdOpensFromTheCacheAndAFolderFromItsPath() throws IOException {
    var snapshot = home.resolve(".cache/huggingface/hub/models--org--small/snapshots/abc");
    Files.createDirectories(snapshot);
    Files.writeString(snapshot.resolve("config.json"), "{}");
    var finder = Lexiscope.finder(folders());

    assertThat(finder.find("org/small").folder()).isEqualTo(snapshot);
    assertThat(finder.find(snapshot.toString()).origin()).isEqualTo(ModelOrigin.LOCAL);
  }

  @Test
  void aHubIdThatIsNotInTheCacheSaysToPullIt() {
    assertThatThrownBy(() -> Lexiscope.finder(folders()).find("org/none"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("microworld")
        .hasMessageContaining("pull it first");
    assertThat(home.resolve(".cache/lexiscope")).doesNotExist();
  }
}
