package io.lexiscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  private static final Map<String, String> LOADED =
      Map.of(
          "jnitorch", "/n/libjnitorch.so",
          "torch_cpu", "/n/libtorch_cpu.so",
          "c10", "/n/libc10.so",
          "gomp@.1", "/n/libgomp.so.1",
          "cudart@.13", "/gpu/libcudart.so.13",
          "jnijavacpp", "/n/libjnijavacpp.so");

  @TempDir private Path folder;

  private NativeLibraries two() throws IOException {
    return new NativeLibraries(
        List.of(
            Files.writeString(folder.resolve("a.so"), "one"),
            Files.writeString(folder.resolve("b.so"), "two")));
  }

  @Test
  void whatIsNeededIsRecordedInTheOrderInWhichItNeedsEachOther() {
    assertThat(NativeLibraries.among(LOADED).orElseThrow().files())
        .containsExactly(
            Path.of("/n/libjnijavacpp.so"),
            Path.of("/n/libgomp.so.1"),
            Path.of("/n/libc10.so"),
            Path.of("/n/libtorch_cpu.so"),
            Path.of("/n/libjnitorch.so"));
  }

  @Test
  void librariesForGpusAreLeftToTheBinding() {
    Map<String, String> more = new java.util.HashMap<>(LOADED);
    more.put("torch_cuda", "/n/libtorch_cuda.so");

    assertThat(NativeLibraries.among(more)).isEmpty();
    assertThat(NativeLibraries.among(Map.of("c10", "/n/libc10.so"))).isEmpty();
  }

  @Test
  void aRecordIsReadAsItWasWritten() throws IOException {
    Path record = folder.resolve("record");

    assertThat(two().write(record)).isTrue();

    assertThat(NativeLibraries.read(record)).contains(two());
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("record."));
  }

  @Test
  void aRecordOfAFileThatHasChangedOrGoneCountsAsNone() throws IOException {
    Path record = folder.resolve("record");
    assertThat(two().write(record)).isTrue();

    Files.writeString(folder.resolve("b.so"), "longer");
    assertThat(NativeLibraries.read(record)).isEmpty();

    Files.delete(folder.resolve("b.so"));
    assertThat(NativeLibraries.read(record)).isEmpty();
  }

  @Test
  void whatIsNotARecordCountsAsNone() throws IOException {
    Path record = folder.resolve("record");

    assertThat(NativeLibraries.read(record)).isEmpty();
    assertThat(NativeLibraries.read(Files.writeString(record, "no record\n"))).isEmpty();
    assertThat(NativeLibraries.read(Files.writeString(record, ""))).isEmpty();
    assertThat(two().write(folder.resolve("absent").resolve("record"))).isFalse();
  }
}
