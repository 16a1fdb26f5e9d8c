package io.lexiscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaRuntimeTest {
  private static final List<String> G1 =
      List.of("G1 Young Generation", "G1 Concurrent GC", "G1 Old Generation");

  private static List<String> warnings(
      String version, boolean kernelsOff, List<String> collectors) {
    return new JavaRuntime(Runtime.Version.parse(version), kernelsOff, () -> collectors).warnings();
  }

  @ParameterizedTest
  @CsvSource({
    "25, 1",
    "25.0.1+8, 1",
    "25.0.2+10-LTS, 1",
    "25.0.3+9-LTS, 0",
    "25.1, 0",
    "26, 0",
    "24.0.2, 0"
  })
  void onlyTheFirstThreeReleasesOf25AreWarnedOfUnderG1(String version, int lines) {
    assertThat(warnings(version, /* kernelsOff= */ false, G1)).hasSize(lines);
    assertThat(warnings(version, /* kernelsOff= */ false, List.of("Copy", "MarkSweepCompact")))
        .isEmpty();
  }

  @Test
  void everyWarningIsOneLineThatSaysWhatToStartJavaWith() {
    assertThat(warnings("25.0.2", /* kernelsOff= */ true, G1))
        .satisfiesExactly(
            kernels ->
                assertThat(kernels)
                    .contains("--add-modules jdk.incubator.vector")
                    .doesNotContain("\n"),
            collector ->
                assertThat(collector)
                    .contains("JDK-8377811", "-XX:+UseParallelGC")
                    .doesNotContain("\n"));
  }

  @Test
  void thisVeryJavaIsAskedForItsCollectors() {
    assertThat(JavaRuntime.current(/* kernelsOff= */ false).collectors().get()).isNotEmpty();
  }
}
