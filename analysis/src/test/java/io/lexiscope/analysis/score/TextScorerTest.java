package io.lexiscope.analysis.score;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.analysis.Golden;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextScorerTest {
  private static final Tolerance CLOSE = new Tolerance(1e-4, 1e-5);

  @ParameterizedTest
  @CsvSource({
    "GPT2, 24, 12",
    "LLAMA, 24, 1",
    "GPT2, 10, 5",
    "LLAMA, 7, 3",
    "GPT_NEO, 2, 1",
    "LLAMA, 7, 7"
  })
  void everyLossIsMinusTheLogProbabilityOfTheTokenInItsWindow(
      Golden golden, int window, int stride) {
    try (var model = golden.open()) {
      var ids = golden.prompt();
      var scorer = TextScorer.of(model, ids, window, stride);

      var nats = scorer.nats();

      assertThat(nats).hasSize(ids.size() - 1);
      for (var part : scorer.windows()) {
        for (var token = part.firstScored(); token < part.end(); token++) {
          var expected = loss(model, ids.slice(part.start(), token), ids.get(token));
          assertClose(nats[token - 1], expected, CLOSE);
        }
      }
    }
  }

  @Test
  void windowsScoreEveryTokenButTheFirstOnceAndKeepTheirOverlapAsContext() {
    try (var model = Golden.GPT2.open()) {
      var windows =
          TextScorer.of(model, Golden.GPT2.prompt(), /* window= */ 10, /* stride= */ 4).windows();

      var scored = 1;
      for (var window : windows) {
        assertThat(window.firstScored()).isEqualTo(scored);
        assertThat(window.end() - window.start()).isLessThanOrEqualTo(10);
        if (window.start() > 0) {
          assertThat(window.firstScored() - window.start()).isGreaterThanOrEqualTo(6);
        }
        scored = window.end();
      }
      assertThat(scored).isEqualTo(24);
    }
  }

  @Test
  void aTextOfOneTokenAndAWindowBeyondTheContextAreRefused() {
    try (var model = Golden.GPT2.open()) {
      assertThatThrownBy(() -> TextScorer.of(model, TokenIds.of(1), 4, 2))
          .hasMessageContaining("at least 2 tokens")
          .hasMessageContaining("got 1");
      assertThatThrownBy(() -> TextScorer.of(model, TokenIds.of(1, 2), 1 << 20, 2))
          .hasMessageContaining("the context, got 1048576");
      assertThatThrownBy(() -> TextScorer.of(model, TokenIds.of(1, 2), 4, 5))
          .hasMessageContaining("expected a stride from 1 to 4 tokens, the window, got 5");
    }
  }

  /// Straight from the definition, in double precision.
  private static double loss(LanguageModel model, TokenIds before, int token) {
    try (var run = model.run(before, Recording.nothing())) {
      var logits = run.logits(-1).toFloats();
      var sum = 0.0;
      for (var logit : logits) {
        sum += Math.exp(logit);
      }
      return Math.log(sum) - logits[token];
    }
  }
}
