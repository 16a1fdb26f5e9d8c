package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
  void halvesOfCharactersAreShownAsNumbers() {
    assertThat(OneLine.printable("a\ud800b\udc00 🙂")).isEqualTo("a\\ud800b\\udc00 🙂");
  }

  @Test
  void aFilesTroubleIsSaidWithoutTheFile() {
    assertThat(OneLine.of(new FileSystemException("a/b", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(OneLine.of(new NoSuchFileException("a/b"))).isEqualTo("none");
    assertThat(OneLine.of(new AccessDeniedException("a/b"))).isEqualTo("no permission");
    assertThat(OneLine.of(new NotDirectoryException("a/b")))
        .isEqualTo("a file where a folder belongs");
    assertThat(OneLine.of(new MalformedInputException(1)))
        .isEqualTo("bytes that are no text in UTF-8");
    assertThat(OneLine.of(new FileSystemException("a/b")))
        .isEqualTo("a refusal of the file system");
  }
}
