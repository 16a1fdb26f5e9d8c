package io.lexiscope.train.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class CountingTaskTest {
  private final CountingTask task = CountingTask.published(/* seed= */ 7);

  @Test
  void everyAnswerIsTheCountFoundByLooking() {
    for (long i = 0; i < 5_000; i++) {
      var example = task.example(Split.TRAIN, i);
      String text = example.text();
      String string = text.substring(1, text.indexOf('|'));
      char target = text.charAt(text.indexOf('|') + 1);

      long count = string.chars().filter(c -> c == target).count();

      assertThat(text).isEqualTo("B" + string + "|" + target + ":" + count + "E");
      assertThat(string.chars().distinct().count()).isEqualTo(3);
      assertThat(count).isBetween(1L, 9L);
      assertThat(example.tokens().size()).isLessThanOrEqualTo(33);
    }
  }

  @Test
  void letterStringsOfTheTwoSidesNeverMeet() {
    var small =
        new CountingTask(
            /* seed= */ 1, /* letters= */ 4, /* distinct= */ 2, /* maxCount= */ 3, LossOn.ANSWER);
    var train = new HashSet<String>();
    var validation = new HashSet<String>();

    for (long i = 0; i < 20_000; i++) {
      train.add(string(small.example(Split.TRAIN, i).text()));
      validation.add(string(small.example(Split.VALIDATION, i).text()));
    }
    small
        .evaluationSets(500)
        .getFirst()
        .questions()
        .forEach(q -> validation.add(string(q.prompt())));

    assertThat(train).isNotEmpty();
    assertThat(Collections.disjoint(train, validation)).isTrue();
  }

  @Test
  void theVocabularyHasThePublishedIds() {
    assertThat(task.alphabet().encode("Baz|z:91EP").toArray())
        .containsExactly(37, 0, 25, 35, 25, 36, 34, 26, 38, 39);
    assertThat(task.maximumLength()).isEqualTo(33);
  }

  @Test
  void onlyTheCountIsInTheLoss() {
    var example = task.example(Split.TRAIN, 0);
    int answer = example.text().indexOf(':') + 1;

    for (int position = 0; position < example.tokens().size(); position++) {
      assertThat(example.counts(position)).isEqualTo(position == answer);
    }
  }

  @Test
  void oneSeedAlwaysGivesTheSameExamples() {
    for (long i = 0; i < 100; i++) {
      assertThat(CountingTask.published(/* seed= */ 7).example(Split.TRAIN, i))
          .isEqualTo(task.example(Split.TRAIN, i));
    }
  }

  @Test
  void refusesMoreDifferentLettersThanThereAre() {
    assertThatThrownBy(() -> new CountingTask(0, 2, 3, 9, LossOn.ANSWER))
        .hasMessageContaining("expected 1 <= distinct <= letters <= 26, got distinct 3, letters 2");
  }

  private static String string(String text) {
    return text.substring(1, text.indexOf('|'));
  }
}
