package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void anOldFile() throws IOException {
    file = folder.resolve("a.json");
    Files.writeString(file, "old");
  }

  @Test
  void aTextTakesThePlaceOfTheOldOne() throws IOException {
    WholeFile.write(file, "neu – ✓");

    assertThat(file).hasContent("neu – ✓");
    assertThat(names()).containsExactly("a.json");
  }

  @Test
  void aMakerThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    part -> {
                      Files.writeString(part, "half");
                      throw new IllegalStateException("cancelled");
                    }))
        .hasMessage("cancelled");

    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.json");
  }

  @Test
  void theOldFileIsThereUntilTheNewOneIsWhole() throws IOException {
    WholeFile.write(
        file,
        part -> {
          Files.writeString(part, "new");
          assertThat(part).hasParent(folder);
          assertThat(file).hasContent("old");
        });

    assertThat(file).hasContent("new");
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> WholeFile.write(folder.resolve("gone/a.json"), "text"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFolderInTheWayStaysAndNothingIsLeftBehind() throws IOException {
    Path taken = folder.resolve("b.json");
    Files.createDirectories(taken.resolve("inside"));

    assertThatThrownBy(() -> WholeFile.write(taken, "text")).isInstanceOf(IOException.class);

    assertThat(names()).containsExactlyInAnyOrder("a.json", "b.json");
  }

  @Test
  void aFileWithoutAFolderInItsNameIsWrittenToTheWorkingFolder() throws IOException {
    Path here = Path.of("whole-file-test-" + ProcessHandle.current().pid());
    try {
      WholeFile.write(here, "here");

      assertThat(here).hasContent("here");
    } finally {
      Files.deleteIfExists(here);
    }
  }

  @Test
  void writersAtTheSameTimeLeaveTheWholeTextOfOne() throws Exception {
    List<String> texts = IntStream.range(0, 8).mapToObj(i -> ("" + i).repeat(100_000)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> writers =
          texts.stream()
              .<Callable<Boolean>>map(
                  text ->
                      () -> {
                        for (int i = 0; i < 10; i++) {
                          WholeFile.write(file, text);
                        }
                        return true;
                      })
              .toList();
      for (Future<Boolean> written : threads.invokeAll(writers)) {
        assertThat(written.get()).isTrue();
      }
    }

    assertThat(texts).contains(Files.readString(file));
    assertThat(names()).containsExactly("a.json");
  }

  @Test
  void aMoveTakesAFolderAlong() throws IOException {
    Path unfinished = Files.createDirectory(folder.resolve("unfinished"));
    Files.writeString(unfinished.resolve("x"), "1");

    WholeFile.move(unfinished, folder.resolve("finished"));

    assertThat(folder.resolve("finished/x")).hasContent("1");
    assertThat(unfinished).doesNotExist();
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(one -> one.getFileName().toString()).toList();
    }
  }
}
