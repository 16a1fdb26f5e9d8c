package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
  @TempDir private Path folder;

  @Test
  void theMarkAtTheStartOfAFileIsNoPartOfItsText() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "\uFEFFa\uFEFFb");

    assertThat(PlainText.read(file)).isEqualTo("a\uFEFFb");
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "-0.5, -0.5", ".5, 0.5", "1e-3, 0.001", "+2., 2", "' 7 ', 7"})
  void decimalsAreNumbers(String text, double value) {
    assertThat(PlainText.decimal(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4f", "4d", "0x1p3", "NaN", "Infinity", "-Infinity", "1e999", "", ".", "1,5"})
  void whatJavaAlsoReadsIsNone(String text) {
    assertThatThrownBy(() -> PlainText.decimal(text)).isInstanceOf(NumberFormatException.class);
  }
}
