package io.lexiscope.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.HubException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedModelsTest {
  /// SHA-256 of `{}` and of `weights`, by another program.
  private static final String INDEX =
      """
      44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a 2 tiny/config.json
      9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c 7 tiny/model.safetensors
      """;

  @TempDir private Path cache;
  private final Map<String, String> files =
      new HashMap<>(Map.of("tiny/config.json", "{}", "tiny/model.safetensors", "weights"));

  private PackedModels models() {
    return new PackedModels(INDEX, this::resource, cache);
  }

  private @Nullable InputStream resource(String name) {
    var text = files.get(name);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private List<Path> inCache() throws IOException {
    try (var paths = Files.walk(cache)) {
      return paths.filter(path -> !path.equals(cache)).toList();
    }
  }

  @Test
  void aModelIsUnpackedOnceUnderTheHashOfItsFiles() throws IOException {
    var folder = models().folder("tiny").orElseThrow();

    assertThat(folder).hasFileName("tiny");
    assertThat(folder.resolve("config.json")).hasContent("{}");
    assertThat(folder.resolve("model.safetensors")).hasContent("weights");
    files.clear();
    assertThat(models().folder("tiny")).contains(folder);
    assertThat(inCache()).hasSize(4);
  }

  @Test
  void namesAreListedWithoutUnpackingAndOthersAreNotFound() throws IOException {
    assertThat(models().names()).containsExactly("tiny");
    assertThat(models().folder("other")).isEmpty();
    assertThat(inCache()).isEmpty();
  }

  @Test
  void filesThatWereCutShortAreUnpackedAgain() throws IOException {
    var folder = models().folder("tiny").orElseThrow();
    Files.writeString(folder.resolve("model.safetensors"), "wei");

    assertThat(models().folder("tiny")).contains(folder);
    assertThat(folder.resolve("model.safetensors")).hasContent("weights");
  }

  @Test
  void whatHasAnotherHashLeavesNothingBehind() throws IOException {
    files.put("tiny/model.safetensors", "weighty");

    assertThatThrownBy(() -> models().folder("tiny"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("model.safetensors with the hash 9a129038")
        .hasMessageNotContaining("\n");
    assertThat(inCache()).hasSize(1);
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    var file = Files.writeString(cache.resolve("file"), "");

    assertThatThrownBy(() -> new PackedModels(INDEX, this::resource, file).folder("tiny"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("LEXISCOPE_CACHE");
  }

  @Test
  void severalUnpackAtOnce() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<Path> unpack = () -> models().folder("tiny").orElseThrow();
      for (Future<Path> folder : threads.invokeAll(List.of(unpack, unpack, unpack, unpack))) {
        assertThat(folder.get().resolve("model.safetensors")).hasContent("weights");
      }
    }
    assertThat(inCache()).hasSize(4);
  }
}
