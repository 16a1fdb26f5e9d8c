package io.lexiscope.train.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.weights.StoredType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model is written whole or not at all.
class RandomModelFileTest {
  private static final Path LIKE = Path.of("../model/src/test/resources/golden/gpt2-a/config.json");

  @TempDir private Path home;

  @Test
  void aModelThatIsNotFinishedLeavesNothing() {
    Path folder = home.resolve("model");

    assertThatThrownBy(
            () ->
                model()
                    .write(
                        folder,
                        drawn -> {
                          throw new IllegalStateException("stop");
                        }))
        .hasMessage("stop");

    assertThat(folder).doesNotExist();
  }

  @Test
  void itsSpaceIsTakenBeforeAnythingIsDrawn() {
    Path folder = home.resolve("model");
    List<Long> taken = new ArrayList<>();

    model().write(folder, drawn -> taken.add(onDisk(folder)));

    assertThat(taken.getFirst()).isGreaterThanOrEqualTo(4 * model().parameters());
  }

  private static RandomModel model() {
    return new RandomModel(
        KnownShapes.named(LIKE.toString(), "float32"), StoredType.F32, /* seed= */ 1);
  }

  /// Bytes that the disk has given, which for a file of holes are fewer than its size.
  private static long onDisk(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      Path part = files.filter(file -> file.toString().endsWith(".part")).findFirst().orElseThrow();
      Process du =
          new ProcessBuilder("du", "-k", part.toString()).redirectErrorStream(true).start();
      String said =
          new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      return 1024 * Long.parseLong(said.split("\\s")[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
