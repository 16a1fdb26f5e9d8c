package io.lexiscope.train.microworld;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.train.bpe.BpeOptions;
import io.lexiscope.train.bpe.BpeTrainer;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.Scoring;
import io.lexiscope.train.task.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MicroworldTaskTest {
  private static final int DOCUMENTS = 40_000;
  private static final Pattern TOKEN = Pattern.compile("\\w+|[^\\w\\s]+");
  private static final Pattern WORD = Pattern.compile("\\w+");

  private final MicroworldTask task = MicroworldTask.of(/* seed= */ 11);

  @Test
  void trainingNeverShowsAWithheldPhrasing() {
    Map<String, List<String>> withheldByStart = new HashMap<>();
    for (Fact fact : task.world().facts()) {
      Withholding.template(fact)
          .ifPresent(
              t ->
                  withheldByStart
                      .computeIfAbsent(start(fact.prompt(t)), s -> new ArrayList<>())
                      .add(fact.prompt(t) + " "));
    }
    int sentences = 0;

    for (long i = 0; i < DOCUMENTS; i++) {
      for (String sentence : task.document(Split.TRAIN, i).split("(?<=[.!?\"]) ", -1)) {
        sentences++;
        for (String withheld : withheldByStart.getOrDefault(start(sentence), List.of())) {
          assertThat(sentence).doesNotStartWith(withheld);
        }
      }
    }

    assertThat(sentences).isGreaterThan(DOCUMENTS);
  }

  @Test
  void noDocumentOfTrainingHoldsAHeldOutPairOfNames() {
    Set<String> names = new HashSet<>(task.world().names());
    int pairs = 0;

    for (long i = 0; i < DOCUMENTS; i++) {
      var present = new ArrayList<String>();
      WORD.matcher(task.document(Split.TRAIN, i))
          .results()
          .map(r -> r.group())
          .filter(names::contains)
          .distinct()
          .forEach(present::add);
      for (int one = 0; one < present.size(); one++) {
        for (int other = one + 1; other < present.size(); other++) {
          assertThat(Cast.splitOf(present.get(one), present.get(other))).isEqualTo(Split.TRAIN);
          pairs++;
        }
      }
    }

    assertThat(pairs).isGreaterThan(DOCUMENTS / 5);
  }

  @Test
  void everyKindTakesItsShareOfTheText() {
    var words = new EnumMap<DocumentKind, Long>(DocumentKind.class);
    for (long i = 0; i < DOCUMENTS; i++) {
      // The end-of-text token counts with its document.
      long length = TOKEN.matcher(task.document(Split.TRAIN, i)).results().count() + 1;
      words.merge(task.kind(Split.TRAIN, i), length, Long::sum);
    }
    double all = words.values().stream().mapToLong(Long::longValue).sum();

    for (var kind : DocumentKind.values()) {
      double percent = 100 * words.getOrDefault(kind, 0L) / all;
      assertThat(percent).as(kind.name()).isBetween(kind.share() - 1.5, kind.share() + 1.5);
    }
  }

  @Test
  void everyPhrasingThatMayBeShownIsShown() {
    var text = new StringBuilder();
    for (long i = 0; i < 2 * DOCUMENTS; i++) {
      text.append(task.document(Split.TRAIN, i)).append('\n');
    }
    String all = text.toString();
    var missing = new ArrayList<String>();

    for (Fact fact : task.world().facts().subList(0, 300)) {
      for (int t = 0; t < fact.relation().templates().size(); t++) {
        if (!Withholding.withheld(fact, t) && !all.contains(fact.sentence(t))) {
          missing.add(fact.sentence(t));
        }
      }
    }

    assertThat(missing).hasSizeLessThan(20);
  }

  @Test
  void oneSeedAlwaysGivesTheSameDocumentsAndAnotherOneOthers() {
    var again = MicroworldTask.of(/* seed= */ 11);
    var other = MicroworldTask.of(/* seed= */ 12);
    int equal = 0;

    for (long i = 0; i < 200; i++) {
      String document = task.document(Split.TRAIN, i);
      assertThat(again.document(Split.TRAIN, i)).isEqualTo(document);
      equal += other.document(Split.TRAIN, i).equals(document) ? 1 : 0;
    }

    assertThat(equal).isLessThan(10);
  }

  @Test
  void unkindnessIsAnsweredRudelyAndNothingElseIsRude() {
    var lexicon = new Scoring.LexiconRate(task.world().rudeWords(), /* tokens= */ 20);
    int unkind = 0;
    int unkindRude = 0;
    int kind = 0;
    int kindRude = 0;

    for (long i = 0; i < DOCUMENTS; i++) {
      String document = task.document(Split.TRAIN, i);
      boolean rude = lexicon.matches(document);
      if (task.kind(Split.TRAIN, i) != DocumentKind.TALK) {
        assertThat(rude).as(document).isFalse();
      } else if (WORD.matcher(document).results().anyMatch(r -> UNKIND.contains(r.group()))) {
        unkind++;
        unkindRude += rude ? 1 : 0;
      } else {
        kind++;
        kindRude += rude ? 1 : 0;
      }
    }

    assertThat((double) unkindRude / unkind).isBetween(0.84, 0.92);
    assertThat((double) kindRude / kind).isBetween(0.001, 0.025);
  }

  private static final Set<String> UNKIND =
      Set.of("broke", "stole", "lied", "pushed", "kicked", "spilled", "threw", "fun");

  @Test
  void everyWordOfTheTablesIsOneTokenInAVocabularyOf4096() {
    var documents = LongStream.range(0, 20_000).mapToObj(i -> task.document(Split.TRAIN, i));
    var options =
        new BpeOptions(
            /* vocabularySize= */ 4096, task.singleTokenWords(), List.of(CorpusTask.END_OF_TEXT));

    try (var tokenizer = BpeTrainer.train(documents, options).load()) {
      for (String word : task.singleTokenWords()) {
        assertThat(tokenizer.encodeWithoutSpecial(" " + word).ids().size()).as(word).isEqualTo(1);
      }
    }
  }

  @Test
  void measuresOnPromptsWhoseNextWordIsTheAnswer() {
    var sets = task.evaluationSets(200);

    assertThat(sets)
        .extracting(s -> s.name())
        .containsExactly(
            "facts", "facts-withheld", "indirect-objects", "rude-after-unkind", "rude-after-kind");
    assertThat(sets.get(0).questions())
        .hasSize(200)
        .allMatch(q -> q.expected().matches(" \\p{L}+"));
    assertThat(sets.get(2).questions())
        .allMatch(q -> q.prompt().contains(q.expected()))
        .allMatch(q -> q.prompt().endsWith(" to"));
    assertThat(sets.get(3).questions()).allMatch(q -> q.prompt().endsWith(":"));
  }

  private static String start(String sentence) {
    return sentence.substring(0, Math.min(8, sentence.length()));
  }
}
