package io.lexiscope.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {
  @TempDir private Path folder;

  @Test
  void aFileALinkToOneAndNothingMayBeOpened() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "text");
    var link = Files.createSymbolicLink(folder.resolve("link"), file);

    for (var path : new Path[] {file, link, folder.resolve("none")}) {
      assertThat(RegularFile.check(path)).isEqualTo(path);
    }
  }

  @Test
  void aFolderAndADeviceMayNot() {
    assertThatThrownBy(() -> RegularFile.check(folder)).hasMessageContaining("a folder");
    assertThatThrownBy(() -> RegularFile.check(Path.of("/dev/zero")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a pipe or a device");
  }
}
