package io.lexiscope.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipFileTest {
  @TempDir private Path folder;

  @Test
  void whatMayBeStartedMayBeStartedAgainWhenUnpacked() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "text");
    var zip = folder.resolve("some.zip");
    ZipFile.write(
        zip,
        "root",
        List.of(
            new Item("start", file, /* executable= */ true),
            new Item("deep/er/read", file, /* executable= */ false)));

    ZipFile.unpack(zip, folder.resolve("out"));

    assertThat(folder.resolve("out/root/start")).hasContent("text").isExecutable();
    assertThat(Files.isExecutable(folder.resolve("out/root/deep/er/read"))).isFalse();
  }

  @Test
  void theSameFilesGiveTheSameBytes() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "text");
    var items = List.of(new Item("start", file, /* executable= */ true));
    ZipFile.write(folder.resolve("a.zip"), "root", items);
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
    ZipFile.write(folder.resolve("b.zip"), "root", items);

    assertThat(folder.resolve("a.zip")).hasSameBinaryContentAs(folder.resolve("b.zip"));
  }
}
