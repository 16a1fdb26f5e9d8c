package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PipesTest {
  @TempDir private Path folder;

  @Test
  @Timeout(60)
  void aTextIsNotReadOutOfAPipeThatNobodyWrites() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
    Path pipe = folder.resolve("text");
    Process made = new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start();
    assertThat(made.waitFor(20, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> PlainText.read(pipe))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("a pipe or a device");
  }

  @Test
  void whatSteersATerminalIsShownAndLongTextsLoseTheirMiddle() {
    assertThat(OneLine.printable("a\u001b[2J\u202eb")).isEqualTo("a\\u001b[2J\\u202eb");
    assertThat(OneLine.printable("x".repeat(50), 60)).hasSize(50);
    assertThat(OneLine.printable("🙂".repeat(5000) + "; shorten it", 90))
        .endsWith("; shorten it")
        .contains("…")
        .hasSizeLessThan(100);
  }
}
