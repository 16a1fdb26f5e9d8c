package io.lexiscope.workbench.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.workbench.GoldenBench;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.tokens.TokenSpan;
import io.lexiscope.workbench.tokens.TokenizeRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a newcomer is told of the bundled models.
class InfoUseCaseTest {
  private static final Path BUNDLED = Path.of("../models");

  @ParameterizedTest
  @CsvSource({
    "microworld, WORDS, Knows a small world",
    "addition, CHARACTERS, Adds two",
    "counting, CHARACTERS, Says how often",
    "expressions-encoder, NUMBER, value"
  })
  void aModelSaysWhatItAnswersWithAndShowsItsCard(String name, AnswerKind answers, String card) {
    try (var workbench = GoldenBench.open(BUNDLED)) {
      var info = workbench.answer(new InfoRequest(ModelChoice.of(name)));

      assertThat(info.answers()).isEqualTo(answers);
      assertThat(info.card()).startsWith("# " + name).contains(card);
    }
  }

  @Test
  void aFolderWithoutACardShowsNone() {
    try (var workbench = GoldenBench.open()) {
      var info = workbench.answer(new InfoRequest(ModelChoice.of("gpt2-a")));

      assertThat(info.card()).isNull();
      assertThat(info.answers()).isEqualTo(AnswerKind.WORDS);
    }
  }

  @Test
  void wordsThatTrainingDidNotHoldAreMarked() {
    var text = "The capital of Norway is Quantumville, said Mary";
    try (var workbench = GoldenBench.open(BUNDLED)) {
      var tokens =
          workbench
              .answer(new TokenizeRequest(ModelChoice.of("microworld"), Prompt.text(text)))
              .tokens();

      int start = text.indexOf("Quantumville");
      assertThat(tokens)
          .allSatisfy(
              token -> {
                boolean within = token.start() < start + 12 && token.end() > start;
                assertThat(token.unknown()).as(token.text()).isEqualTo(within ? true : null);
              });
      assertThat(tokens)
          .extracting(TokenSpan::unknown)
          .map(Optional::ofNullable)
          .contains(Optional.of(true));
      assertThat(
              workbench
                  .answer(new TokenizeRequest(ModelChoice.of("addition"), Prompt.text("B1+2")))
                  .tokens())
          .extracting(TokenSpan::unknown)
          .containsOnlyNulls();
    }
  }
}
