package io.lexiscope.train.task;

import java.util.List;
import java.util.stream.LongStream;

/// Expressions for a causal decoder that writes the value: `B154-(38+290)=-174E`.
///
/// The answer always has a sign, then the digits from the highest without leading zeros, then `E`;
/// zero is `+0`.
///
/// @param seed seed of the draws
/// @param expressions the grammar
/// @param lossOn tokens that count; the answer with its sign and `E` by default
public record ExpressionDecoderTask(long seed, ExpressionGrammar expressions, LossOn lossOn)
    implements SequenceTask {
  /// Ids: digits 0–9, then `+ - ( ) = B E P`.
  public static final Alphabet ALPHABET =
      Alphabet.ofCharacters("0123456789+-()=BEP", /* pad= */ 'P');

  /// Position of an expression's first token: the one behind `B`.
  public static final int FIRST_TOKEN = 1;

  @Override
  public String name() {
    return "expressions-decoder";
  }

  @Override
  public String grammar() {
    return "B<expression>=<sign><digits>E; patterns %s; operands %s; pad P"
        .formatted(
            expressions.patterns().stream().map(ExpressionPattern::form).distinct().toList(),
            expressions.ranges().stream().map(r -> r.least() + "-" + r.greatest()).toList());
  }

  @Override
  public Alphabet alphabet() {
    return ALPHABET;
  }

  @Override
  public int maximumLength() {
    // B, =, sign and E around the longest expression and the longest value.
    return expressions.maximumLength() + Long.toString(expressions.greatestValue()).length() + 4;
  }

  /// Returns the expression of an example: its tree, values and node positions.
  public Expression expression(Split split, long index) {
    return expressions.draw(Draws.stream("expressions", seed, split, index), split);
  }

  @Override
  public SequenceExample example(Split split, long index) {
    Expression expression = expression(split, index);
    String prompt = prompt(expression);
    String text = prompt + answer(expression.value());
    TokenRow tokens = ALPHABET.encode(text);
    int from = lossOn == LossOn.ANSWER ? prompt.length() : 1;
    return new SequenceExample(text, tokens, from, tokens.size());
  }

  /// Returns what the model reads for an expression.
  public static String prompt(Expression expression) {
    return "B" + expression.text() + "=";
  }

  /// Returns what the model should write for a value.
  public static String answer(long value) {
    return (value < 0 ? "-" : "+") + Math.abs(value) + "E";
  }

  @Override
  public List<EvaluationSet> evaluationSets(int questionsPerSet) {
    return expressions
        .measured()
        .map(
            set ->
                new EvaluationSet(
                    "exact-" + set.name(),
                    new Scoring.ExactContinuation(),
                    LongStream.range(0, questionsPerSet)
                        .mapToObj(i -> heldOut(set.name(), set.grammar(), i))
                        .map(e -> new Question(prompt(e), answer(e.value())))
                        .toList()))
        .toList();
  }

  static Expression heldOut(String set, ExpressionGrammar grammar, long index) {
    var random =
        Draws.stream("expressions/evaluation/" + set, /* seed= */ 0, Split.VALIDATION, index);
    return grammar.draw(random, Split.VALIDATION);
  }
}
