package io.lexiscope.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.weights.SafetensorsWriter.Item;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir Path scratch;

  @Test
  void whatIsWrittenIsReadBack() {
    var file = scratch.resolve("x.safetensors");
    var half = segment(1, 2, 3, 4, 5, 6);
    var whole = segment(10, 11, 12, 13, 14, 15, 16, 17);

    SafetensorsWriter.write(
        file,
        List.of(
            new Item("half", StoredType.BF16, List.of(3L, 1L), half),
            new Item("whole", StoredType.F32, List.of(2L), whole),
            new Item("none", StoredType.F32, List.of(0L, 5L), segment())),
        Map.of("format", "pt"));

    try (var arena = Arena.ofConfined()) {
      var opened = Safetensors.open(file, arena);
      assertThat(opened.metadata()).containsExactly(Map.entry("format", "pt"));
      assertThat(opened.names()).containsExactlyInAnyOrder("none", "whole", "half");
      assertThat(opened.get("half").orElseThrow().shape()).containsExactly(3L, 1L);
      assertThat(opened.get("half").orElseThrow().data().mismatch(half)).isEqualTo(-1);
      assertThat(opened.get("whole").orElseThrow().data().mismatch(whole)).isEqualTo(-1);
      assertThat(opened.get("none").orElseThrow().elements()).isZero();
    }
  }

  @Test
  void anInterruptedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    var file = Files.writeString(scratch.resolve("x.safetensors"), "old");
    MemorySegment gone;
    try (var arena = Arena.ofConfined()) {
      gone = arena.allocate(16);
    }

    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    file, List.of(new Item("gone", StoredType.F32, List.of(4L), gone)), Map.of()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(Files.readString(file)).isEqualTo("old");
    assertThat(scratch).isDirectoryContaining(path -> path.equals(file));
    assertThat(scratch.toFile().list()).hasSize(1);
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    scratch.resolve("no/such/x.safetensors"), List.of(), Map.of()))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("write weights: expected to write ")
        .hasMessageContaining("check the folder");
  }

  @Test
  void aNameGivenTwiceIsRefused() {
    var item = new Item("twice", StoredType.U8, List.of(1L), segment(1));

    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    scratch.resolve("x.safetensors"), List.of(item, item), Map.of()))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("expected every name once, got twice again");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void dataOfAnotherSizeThanItsShapeIsRefused() {
    assertThatThrownBy(() -> new Item("x", StoredType.F32, List.of(2L), segment(1, 2, 3)))
        .isInstanceOf(WeightsException.class)
        .hasMessage("write weights: expected 8 bytes for x of type F32 and shape [2], got 3");
  }

  private static MemorySegment segment(int... values) {
    var segment = Arena.ofAuto().allocate(values.length, 8);
    for (int i = 0; i < values.length; i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, (byte) values[i]);
    }
    return segment;
  }
}
