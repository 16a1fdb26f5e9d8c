package io.lexiscope.train.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.base.Seeded;
import io.lexiscope.train.task.Expression.Node;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionTasksTest {
  private final ExpressionEncoderTask encoder =
      new ExpressionEncoderTask(/* seed= */ 3, ExpressionGrammar.standard());
  private final ExpressionDecoderTask decoder =
      new ExpressionDecoderTask(/* seed= */ 3, ExpressionGrammar.standard(), LossOn.ANSWER);

  @Test
  void everyTargetIsTheValueFoundByAnEvaluatorThatKnowsNoTrees() {
    for (long i = 0; i < 5_000; i++) {
      var example = encoder.example(Split.TRAIN, i);
      String written = example.text().substring("[CLS]".length());

      assertThat(Math.round(example.target() * encoder.targetScale()))
          .as(written)
          .isEqualTo(evaluate(written));
      assertThat(example.tokens().size()).isLessThanOrEqualTo(encoder.maximumLength());
      assertThat(encoder.alphabet().decode(example.tokens())).isEqualTo(example.text());
    }
  }

  @Test
  void everyAnswerOfTheDecoderIsSignedAndCorrect() {
    for (long i = 0; i < 5_000; i++) {
      var example = decoder.example(Split.TRAIN, i);
      String text = example.text();
      int equals = text.indexOf('=');
      long value = evaluate(text.substring(1, equals));

      assertThat(text.substring(equals + 1)).isEqualTo((value < 0 ? "" : "+") + value + "E");
      assertThat(example.lossFrom()).isEqualTo(equals + 1);
      assertThat(example.tokens().size()).isLessThanOrEqualTo(decoder.maximumLength());
    }
  }

  @Test
  void everyNodeStandsWhereItsTokensAreAndHasItsValue() {
    for (long i = 0; i < 2_000; i++) {
      Expression expression = encoder.expression(Split.TRAIN, i);
      TokenRow tokens = encoder.example(Split.TRAIN, i).tokens();
      List<Node> nodes = expression.nodes(ExpressionEncoderTask.FIRST_TOKEN);

      for (Node node : nodes) {
        int[] span = Arrays.copyOfRange(tokens.toArray(), node.start(), node.end());
        String read = encoder.alphabet().decode(TokenRow.of(span));
        assertThat(read).isIn(node.text(), "(" + node.text() + ")");
        assertThat(evaluate(node.text())).isEqualTo(node.value());
      }
      assertThat(nodes.getLast().value()).isEqualTo(expression.value());
      assertThat(nodes).hasSize(2 * expression.operands().size() - 1);
    }
  }

  @Test
  void nodesAreNamedByTheLettersOfTheirOperands() {
    var expression =
        new ExpressionPattern("a-(b+c)").draw(Seeded.SPLIT_MIX.from(1), new OperandRange(100, 999));

    assertThat(expression.nodes(/* firstToken= */ 1))
        .extracting(Node::name)
        .containsExactly("a", "b", "c", "b+c", "a-(b+c)");
    assertThat(expression.nodes(/* firstToken= */ 1))
        .extracting(Node::start)
        .containsExactly(1, 6, 10, 5, 1);
  }

  @Test
  void operandTuplesOfTheTwoSidesNeverMeet() {
    var train = new HashSet<List<Long>>();
    var validation = new HashSet<List<Long>>();

    for (long i = 0; i < 20_000; i++) {
      train.add(encoder.expression(Split.TRAIN, i).operands());
      validation.add(encoder.expression(Split.VALIDATION, i).operands());
      validation.add(
          ExpressionDecoderTask.heldOut("all", ExpressionGrammar.standard(), i).operands());
    }

    assertThat(Collections.disjoint(train, validation)).isTrue();
    assertThat(validation).anyMatch(operands -> operands.size() == 1);
  }

  @Test
  void measuresTwoAndThreeDigitDifferencesByName() {
    var sets = decoder.evaluationSets(20);

    assertThat(sets)
        .extracting(EvaluationSet::name)
        .containsExactly("exact-all", "exact-a-(b-c)-two-digit", "exact-a-(b-c)-three-digit");
    assertThat(sets.get(1).questions())
        .allMatch(q -> q.prompt().matches("B[1-9]\\d-\\([1-9]\\d-[1-9]\\d\\)="));
    assertThat(sets.get(2).questions())
        .allMatch(q -> q.prompt().matches("B[1-9]\\d\\d-\\([1-9]\\d\\d-[1-9]\\d\\d\\)="));
  }

  @Test
  void oneSeedAlwaysGivesTheSameExpressions() {
    var again = new ExpressionEncoderTask(/* seed= */ 3, ExpressionGrammar.standard());
    for (long i = 0; i < 100; i++) {
      assertThat(again.example(Split.TRAIN, i)).isEqualTo(encoder.example(Split.TRAIN, i));
    }
  }

  @Test
  void aPatternThatIsNotOneIsRefusedWithThePlace() {
    assertThatThrownBy(() -> new ExpressionPattern("a*b"))
        .hasMessage("ExpressionPattern: expected +, - or ~, got 'a*b' at or before character 2");
  }

  /// Reads the sum as signed numbers: a number counts with the product of the signs before it and
  /// before the parentheses around it.
  private static long evaluate(String text) {
    var signs = new ArrayDeque<Integer>(List.of(1));
    int sign = 1;
    long sum = 0;
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (Character.isDigit(c)) {
        int end = i;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
          end++;
        }
        sum += sign * Long.parseLong(text.substring(i, end));
        i = end;
        continue;
      }
      switch (c) {
        case '+' -> sign = signs.getFirst();
        case '-' -> sign = -signs.getFirst();
        case '(' -> signs.push(sign);
        case ')' -> signs.pop();
        default -> throw new IllegalArgumentException(text);
      }
      i++;
    }
    return sum;
  }
}
