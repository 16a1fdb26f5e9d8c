package io.lexiscope.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class PreparationTest {
  @Test
  void aVerbThatReadsAModelHasItsLibrariesLoadedAtOnce() {
    assertThat(Preparation.of("lens", "text")).isEqualTo(Preparation.LIBRARIES);
    assertThat(Preparation.of("generate", "-n", "3", "text")).isEqualTo(Preparation.LIBRARIES);
  }

  @Test
  void whatGoesOnForLongHasItsKernelsWarmedUpUnlessTheyAreSwitchedOff() {
    assertThat(Preparation.of()).isEqualTo(Preparation.KERNELS);
    assertThat(Preparation.of("--port", "0")).isEqualTo(Preparation.KERNELS);
    assertThat(Preparation.of("index", "-m", "model")).isEqualTo(Preparation.KERNELS);
    assertThat(Preparation.of("serve", "--kernels", "off")).isEqualTo(Preparation.LIBRARIES);
    assertThat(Preparation.of("index", "--kernels=off")).isEqualTo(Preparation.LIBRARIES);
  }

  @Test
  void nothingBeginsForWhatIsAnsweredWithoutAModel() {
    assertThat(Preparation.of("models")).isEqualTo(Preparation.NOTHING);
    assertThat(Preparation.of("--version")).isEqualTo(Preparation.NOTHING);
    assertThat(Preparation.of("lens", "--help")).isEqualTo(Preparation.NOTHING);
  }

  @Test
  void everyCommandStandsUnderItsOwnVerb() {
    Main.VERBS.forEach(
        (verb, command) ->
            assertThat(command.getAnnotation(Command.class).name())
                .as(command.getSimpleName())
                .isEqualTo(verb));
  }
}
