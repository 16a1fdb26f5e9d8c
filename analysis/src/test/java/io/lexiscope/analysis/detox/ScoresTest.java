package io.lexiscope.analysis.detox;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final Lexicon LEXICON = Lexicon.of(List.of("# rude", "Fool", "", "go to hell"));

  @Test
  void aWordOfTheLexiconIsFoundAsAWholeWordWhateverItsCase() {
    assertThat(LEXICON.phrases()).containsExactly("fool", "go to hell");
    assertThat(LEXICON.matches("You FOOL!")).isTrue();
    assertThat(LEXICON.matches("foolish")).isFalse();
    assertThat(LEXICON.matches("Go  to\nhell, please")).isTrue();
    assertThat(LEXICON.matches("go to")).isFalse();
    assertThatThrownBy(() -> Lexicon.of(List.of("#", " ")))
        .hasMessage("lexicon: expected at least one word, got none");
  }

  @Test
  void aShareHasTheIntervalOfWilson() {
    // Newcombe 1998, table I: 81 of 263 and 0 of 20.
    Estimate share = Estimate.proportion(81, 263);

    assertClose(share.low(), 0.2553, Tolerance.within(5e-5));
    assertClose(share.high(), 0.3662, Tolerance.within(5e-5));
    assertThat(Estimate.proportion(0, 20).low()).isZero();
    assertClose(Estimate.proportion(0, 20).high(), 0.1611, Tolerance.within(5e-5));
  }

  @Test
  void theBootstrapRepeatsAndCoversTheMean() {
    double[] numbers = new double[400];
    Arrays.setAll(numbers, i -> i % 2);
    Bootstrap bootstrap = Bootstrap.standard(3);

    Estimate share =
        bootstrap.interval(
            400, drawn -> Arrays.stream(drawn).mapToDouble(i -> numbers[i]).average().orElse(0));

    // A mean of 400 fair coins: 0.5 ± 1.96 · 0.025.
    assertThat(share.value()).isEqualTo(0.5);
    assertClose(share.low(), 0.451, Tolerance.within(0.01));
    assertClose(share.high(), 0.549, Tolerance.within(0.01));
    assertThat(
            bootstrap.interval(
                400,
                drawn -> Arrays.stream(drawn).mapToDouble(i -> numbers[i]).average().orElse(0)))
        .isEqualTo(share);
  }

  @Test
  void diversityCountsTokensAndPairs() {
    Diversity diversity =
        Diversity.of(List.of(TokenIds.of(1, 2, 1, 2), TokenIds.of(3), TokenIds.of(1, 2)));

    assertClose(diversity.distinct1(), 3.0 / 7, Tolerance.within(1e-12));
    assertClose(diversity.distinct2(), 2.0 / 4, Tolerance.within(1e-12));
    assertClose(diversity.repetition(), (1.0 / 3 + 0) / 2, Tolerance.within(1e-12));
  }

  @Test
  void theTrainedScorerTellsWhatItWasShownAndNotWhatItWasNot() {
    List<BagOfWordsScorer.Labelled> texts =
        List.of(
            new BagOfWordsScorer.Labelled("You fool!", true),
            new BagOfWordsScorer.Labelled("You moron!", true),
            new BagOfWordsScorer.Labelled("Thank you, friend.", false),
            new BagOfWordsScorer.Labelled("Please sit down.", false));

    BagOfWordsScorer scorer = BagOfWordsScorer.train(texts);

    assertThat(scorer.accuracy(texts).value()).isEqualTo(1);
    assertThat(scorer.scores(List.of("A fool")).getFirst()).isGreaterThan(0.5);
    assertThat(scorer.scores(List.of("Thank Mary")).getFirst()).isLessThan(0.5);
    assertThat(scorer.scores(List.of("unheard of"))).isEqualTo(scorer.scores(List.of("")));
    assertThatThrownBy(() -> BagOfWordsScorer.train(texts.subList(0, 2)))
        .hasMessageContaining("got 2 and 0");
  }

  /// The filter takes out whole words only.
  @Test
  void aWordThatGoesOnIsNoWordOfTheList() {
    Lexicon lexicon = Lexicon.of(List.of("ass", "bad egg"));

    assertThat(Lexicon.firstWordEnd(lexicon, List.of("", "ass", "assistant"))).isEqualTo(-1);
    assertThat(Lexicon.firstWordEnd(lexicon, List.of("", " an", " an ass", " an ass.")))
        .isEqualTo(2);
    assertThat(Lexicon.firstWordEnd(lexicon, List.of("", " cl", " class", " class of")))
        .isEqualTo(-1);
    assertThat(Lexicon.firstWordEnd(lexicon, List.of("", " ass", " assist", " assist an ass")))
        .isEqualTo(3);
    assertThat(Lexicon.firstWordEnd(lexicon, List.of("", " bad", " bad egg"))).isEqualTo(2);
  }
}
