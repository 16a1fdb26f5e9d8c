package io.lexiscope.train.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AdditionTaskTest {
  private static final Pattern SUM = Pattern.compile("B([1-9]\\d\\d)\\+([1-9]\\d\\d)=(\\d+)E");

  private final AdditionTask task = AdditionTask.published(/* seed= */ 7);

  @Test
  void everyExampleIsACorrectSumOfThreeDigitNumbers() {
    for (long i = 0; i < 5_000; i++) {
      var example = task.example(Split.TRAIN, i);
      var sum = SUM.matcher(example.text());

      assertThat(sum.matches()).as(example.text()).isTrue();
      int total = Integer.parseInt(sum.group(1)) + Integer.parseInt(sum.group(2));
      assertThat(sum.group(3)).isEqualTo(Integer.toString(total));
      assertThat(example.tokens().size()).isLessThanOrEqualTo(task.maximumLength());
      assertThat(task.alphabet().decode(example.tokens())).isEqualTo(example.text());
    }
  }

  @Test
  void operandPairsOfTheTwoSidesNeverMeet() {
    var train = new HashSet<String>();
    var validation = new HashSet<String>();

    for (long i = 0; i < 50_000; i++) {
      train.add(task.example(Split.TRAIN, i).text());
      validation.add(task.example(Split.VALIDATION, i).text());
    }
    task.evaluationSets(2_000)
        .getFirst()
        .questions()
        .forEach(q -> validation.add(q.prompt() + q.expected()));

    assertThat(Collections.disjoint(train, validation)).isTrue();
    assertThat(train.size()).isGreaterThan(45_000);
  }

  @Test
  void aQuarterOfAllPairsIsHeldOut() {
    int heldOut = 0;

    for (int first = 100; first < 1000; first++) {
      for (int second = 100; second < 1000; second++) {
        heldOut += AdditionTask.splitOf(first, second) == Split.VALIDATION ? 1 : 0;
      }
    }

    assertThat(heldOut / 810_000.0).isBetween(0.245, 0.255);
  }

  @Test
  void theVocabularyHasThePublishedIds() {
    assertThat(task.alphabet().encode("B615+861=1476E").toArray())
        .containsExactly(10, 6, 1, 5, 11, 8, 6, 1, 12, 1, 4, 7, 6, 13);
    assertThat(task.alphabet().padId()).isEqualTo(14);
    assertThat(task.maximumLength()).isEqualTo(14);
  }

  @Test
  void theLossCoversWhatTheRecipeAsksFor() {
    var onAnswer = new AdditionTask(/* seed= */ 7, /* digits= */ 3, LossOn.ANSWER);

    var everything = task.example(Split.TRAIN, 3);
    var answer = onAnswer.example(Split.TRAIN, 3);

    assertThat(everything.counts(0)).isFalse();
    assertThat(everything.counts(1)).isTrue();
    assertThat(answer.text()).isEqualTo(everything.text());
    assertThat(answer.counts(8)).as("the equals sign").isFalse();
    assertThat(answer.counts(9)).as("the first digit of the answer").isTrue();
    assertThat(answer.counts(answer.tokens().size() - 1)).as("the end").isTrue();
  }

  @Test
  void oneSeedAlwaysGivesTheSameExamplesAndAnotherOneOthers() {
    var again = AdditionTask.published(/* seed= */ 7);
    var other = AdditionTask.published(/* seed= */ 8);
    int equal = 0;

    for (long i = 0; i < 100; i++) {
      assertThat(again.example(Split.TRAIN, i)).isEqualTo(task.example(Split.TRAIN, i));
      equal +=
          other.example(Split.TRAIN, i).text().equals(task.example(Split.TRAIN, i).text()) ? 1 : 0;
    }

    assertThat(equal).isLessThan(3);
  }
}
