package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class OneLineTest {
  @Test
  void theFirstLineIsKeptWithoutBlanks() {
    assertThat(OneLine.of("  wrong here \r\n at there")).isEqualTo("wrong here");
    assertThat(OneLine.of("")).isEmpty();
  }

  @Test
  void whatIsThrownSaysItsMessageOrItsName() {
    assertThat(OneLine.of(new IllegalStateException("closed\nsince then"))).isEqualTo("closed");
    assertThat(OneLine.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    assertThat(OneLine.of(new IllegalStateException(" "))).isEqualTo("IllegalStateException");
    assertThat(OneLine.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }

  @Test
  void aFilesTroubleIsSaidWithoutTheFile() {
    assertThat(OneLine.of(new FileSystemException("a/b", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(OneLine.of(new NoSuchFileException("a/b"))).isEqualTo("NoSuchFileException");
  }
}
