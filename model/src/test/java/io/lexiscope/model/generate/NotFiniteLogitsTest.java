package io.lexiscope.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.FaultCase;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.LateKeys;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotFiniteLogitsTest {
  static Stream<Decoding> everyWayToContinue() {
    return Stream.of(
        Decoding.greedy(3),
        new Decoding(3, new Decoding.Strategy.Sampled(1, 0, 1, 7), Set.of(), 0),
        new Decoding(3, new Decoding.Strategy.Beams(2), Set.of(), 0),
        Decoding.greedy(3).leaving(new EarlyExit(ExitRule.never(), LateKeys.EXACT)));
  }

  @ParameterizedTest
  @MethodSource("everyWayToContinue")
  void noWordFollowsFromLogitsThatAreNoNumbers(Decoding decoding) {
    try (LanguageModel model = FaultCase.NAN_GENERATE.open()) {
      assertThatThrownBy(() -> model.generator().generate(TokenIds.of(5, 9), decoding))
          .isInstanceOf(GenerationException.class)
          .hasMessageStartingWith("generate: expected finite logits for the next token, got NaN");
    }
  }

  @Test
  void bannedTokensAreNoReasonToStop() {
    float[] logits = {1, Float.NEGATIVE_INFINITY, 0};

    assertThat(TokenChooser.logSumExp(logits)).isEqualTo(Math.log(Math.E + 1));
  }
}
