package io.lexiscope.hub.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
  private static final Path HOME = Path.of("home");

  private static Path cache(Map<String, String> environment, String system) {
    return new UserFolders(environment, HOME, system).cache();
  }

  @Test
  void theCacheIsWhereTheFirstOfItsVariablesSays() {
    var both = Map.of("LEXISCOPE_CACHE", "own", "XDG_CACHE_HOME", "xdg");

    assertThat(cache(both, "Linux")).isEqualTo(Path.of("own"));
    assertThat(cache(Map.of("LEXISCOPE_CACHE", " ", "XDG_CACHE_HOME", "xdg"), "Linux"))
        .isEqualTo(Path.of("xdg", "lexiscope"));
  }

  @Test
  void withoutVariablesTheCacheIsTheSystemsUsualPlace() {
    var windows = Map.of("LOCALAPPDATA", "local");

    assertThat(cache(Map.of(), "Linux")).isEqualTo(HOME.resolve(".cache/lexiscope"));
    assertThat(cache(Map.of(), "Mac OS X")).isEqualTo(HOME.resolve("Library/Caches/lexiscope"));
    assertThat(cache(windows, "Windows 11")).isEqualTo(Path.of("local", "lexiscope"));
    assertThat(cache(windows, "Linux")).isEqualTo(HOME.resolve(".cache/lexiscope"));
  }

  @Test
  void theHubsCacheIsThatOfItsOwnVariables() {
    var folders = new UserFolders(Map.of("HF_HUB_CACHE", "~/hub"), HOME, "Linux");

    assertThat(folders.hubCache()).isEqualTo(HOME.resolve("hub"));
    assertThat(folders.hub(HOME).cache()).isEqualTo(HOME);
  }
}
