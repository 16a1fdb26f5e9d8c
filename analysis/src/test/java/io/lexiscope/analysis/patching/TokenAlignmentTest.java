package io.lexiscope.analysis.patching;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenAlignmentTest {
  private static List<Integer> sources(TokenAlignment alignment) {
    return IntStream.range(0, alignment.length())
        .map(position -> alignment.source(position).orElse(-1))
        .boxed()
        .toList();
  }

  @Test
  void promptsOfOneLengthStandPositionByPosition() {
    var alignment = TokenAlignment.of(TokenIds.of(1, 2, 9, 4), TokenIds.of(1, 2, 3, 4));

    assertThat(sources(alignment)).containsExactly(0, 1, 2, 3);
    assertThat(alignment.firstApart()).isEqualTo(2);
  }

  @Test
  void aNameOfMoreTokensIsPairedByItsEnd() {
    var longer = TokenAlignment.of(TokenIds.of(1, 7, 8, 3, 4), TokenIds.of(1, 2, 3, 4));
    var shorter = TokenAlignment.of(TokenIds.of(1, 2, 3, 4), TokenIds.of(1, 7, 8, 3, 4));

    assertThat(sources(longer)).containsExactly(0, -1, 1, 2, 3);
    assertThat(sources(shorter)).containsExactly(0, 2, 3, 4);
    assertThat(longer.firstApart()).isEqualTo(1);
  }

  @Test
  void whatIsAddedStandsForNothing() {
    var alignment = TokenAlignment.of(TokenIds.of(5, 1, 2, 3, 6), TokenIds.of(1, 2, 3));

    assertThat(sources(alignment)).containsExactly(-1, 0, 1, 2, -1);
    assertThat(alignment.firstApart()).isZero();
  }

  @Test
  void equalPromptsAreNowhereApart() {
    var same = TokenIds.of(1, 2, 3);

    assertThat(TokenAlignment.of(same, same).firstApart()).isEqualTo(3);
  }
}
