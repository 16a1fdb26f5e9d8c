package io.lexiscope.workbench.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.weights.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedHashTest {
  private static final Path WEIGHTS =
      Path.of("../model/src/test/resources/golden/gpt2-a/model.safetensors");
  private static final Path OTHERS =
      Path.of("../model/src/test/resources/golden/llama-a/model.safetensors");
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path home;
  private Path weights = Path.of("model.safetensors");

  @BeforeEach
  void copyWeights() throws IOException {
    Path folder = Files.createDirectory(home.resolve("model"));
    weights = folder.resolve("model.safetensors");
    copy(WEIGHTS, LONG_AGO);
  }

  @Test
  void aHashIsReadBackWhileTheFileIsTheSame() throws IOException {
    String first = hash();
    Path kept = kept().getFirst();
    String other = "0".repeat(64);
    Files.writeString(kept, Files.readString(kept).replace(first, other));

    assertThat(first).isEqualTo(direct());
    assertThat(hash()).as("the one that was kept").isEqualTo(other);
  }

  @Test
  void anotherFileAtTheSamePlaceIsReadAnew() throws IOException {
    String first = hash();
    copy(OTHERS, LONG_AGO);

    assertThat(hash()).isNotEqualTo(first).isEqualTo(direct());
    assertThat(kept()).as("one for each folder").hasSize(1);
  }

  @Test
  void aFileThatWasOnlyTouchedIsReadAnew() throws IOException {
    String first = hash();
    Path kept = kept().getFirst();
    Files.writeString(kept, Files.readString(kept).replace(first, "0".repeat(64)));
    Files.setLastModifiedTime(weights, FileTime.from(LONG_AGO.plusSeconds(1)));

    assertThat(hash()).isEqualTo(first);
  }

  @Test
  void aFileChangedJustNowIsNotKept() throws IOException {
    copy(WEIGHTS, Instant.now());

    assertThat(hash()).isEqualTo(direct());
    assertThat(kept()).isEmpty();
  }

  @Test
  void whatIsBrokenIsNotBelieved() throws IOException {
    String first = hash();
    Path kept = kept().getFirst();
    for (String broken : List.of("", "x", first, first + "\nno such file\n")) {
      Files.writeString(kept, broken);

      assertThat(hash()).isEqualTo(first);
    }
  }

  @Test
  void whatIsNoTextIsWrittenAnew() throws IOException {
    String first = hash();
    Path kept = kept().getFirst();
    byte[] before = Files.readAllBytes(kept);
    Files.write(kept, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThat(hash()).isEqualTo(first);
    assertThat(kept).hasBinaryContent(before);
  }

  @Test
  void smallWeightsAreNotKeptAndAPlaceThatCannotBeWrittenDoesNoHarm() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    try (Checkpoint checkpoint = Checkpoint.openFile(weights)) {
      assertThat(new RememberedHash(home.resolve("none"), Long.MAX_VALUE).of(checkpoint))
          .isEqualTo(direct());
      assertThat(home.resolve("none")).doesNotExist();
      assertThat(new RememberedHash(file.resolve("hashes"), 0).of(checkpoint)).isEqualTo(direct());
    }
  }

  private String hash() {
    try (Checkpoint checkpoint = Checkpoint.openFile(weights)) {
      return new RememberedHash(home.resolve("hashes"), /* fewestBytes= */ 0).of(checkpoint);
    }
  }

  private String direct() {
    try (Checkpoint checkpoint = Checkpoint.openFile(weights)) {
      return checkpoint.contentHash();
    }
  }

  private List<Path> kept() throws IOException {
    Path folder = home.resolve("hashes");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private void copy(Path from, Instant changed) throws IOException {
    Files.deleteIfExists(weights);
    Files.copy(from, weights);
    Files.setLastModifiedTime(weights, FileTime.from(changed));
  }
}
