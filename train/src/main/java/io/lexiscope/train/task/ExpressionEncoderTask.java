package io.lexiscope.train.task;

import java.util.List;
import java.util.stream.LongStream;

/// Expressions for a bidirectional encoder that regresses the value at `[CLS]` (Matsumoto et al.
/// 2022).
///
/// Text: `[CLS]154-(38+290)`, one character a token behind `[CLS]`, padded with `[PAD]`. The target
/// is the value divided by the greatest operand (999 by default), so targets have a spread near 0.5
/// whatever the operands; multiply the output by [#targetScale] to read it in the units of the
/// expression.
///
/// @param seed seed of the draws
/// @param expressions the grammar
public record ExpressionEncoderTask(long seed, ExpressionGrammar expressions)
    implements SequenceTask {
  /// Ids: digits 0–9, then `+ - ( ) [CLS] [PAD]`.
  public static final Alphabet ALPHABET =
      new Alphabet(
          List.of(
              "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "-", "(", ")", "[CLS]",
              "[PAD]"),
          /* pad= */ "[PAD]");

  /// Position of an expression's first token: the one behind `[CLS]`.
  public static final int FIRST_TOKEN = 1;

  @Override
  public String name() {
    return "expressions-encoder";
  }

  @Override
  public String grammar() {
    return "[CLS]<expression>; patterns %s; operands %s; target value/%d; pad [PAD]"
        .formatted(
            expressions.patterns().stream().map(ExpressionPattern::form).distinct().toList(),
            expressions.ranges().stream().map(r -> r.least() + "-" + r.greatest()).toList(),
            expressions.greatestOperand());
  }

  @Override
  public Alphabet alphabet() {
    return ALPHABET;
  }

  @Override
  public int maximumLength() {
    return FIRST_TOKEN + expressions.maximumLength();
  }

  /// Returns the number by which values are divided to make targets.
  public double targetScale() {
    return expressions.greatestOperand();
  }

  /// Returns the expression of an example: its tree, values and node positions.
  public Expression expression(Split split, long index) {
    return expressions.draw(Draws.stream("expressions", seed, split, index), split);
  }

  @Override
  public RegressionExample example(Split split, long index) {
    Expression expression = expression(split, index);
    String text = prompt(expression);
    return new RegressionExample(text, ALPHABET.encode(text), expression.value() / targetScale());
  }

  /// Returns what the model reads for an expression.
  public static String prompt(Expression expression) {
    return "[CLS]" + expression.text();
  }

  @Override
  public List<EvaluationSet> evaluationSets(int questionsPerSet) {
    return expressions
        .measured()
        .map(
            set ->
                new EvaluationSet(
                    "r2-" + set.name(),
                    new Scoring.RSquared(targetScale()),
                    LongStream.range(0, questionsPerSet)
                        .mapToObj(i -> ExpressionDecoderTask.heldOut(set.name(), set.grammar(), i))
                        .map(e -> new Question(prompt(e), Long.toString(e.value())))
                        .toList()))
        .toList();
  }
}
