package io.lexiscope.train.task;

import io.lexiscope.base.Seeded;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which expressions there are: a pattern and an operand range are drawn, each with equal odds
/// (repeat one to make it likelier). The split holds out a tenth of all operand tuples by the hash
/// of the tuple, so a held-out tuple is never seen in any expression.
///
/// @param patterns forms of the expressions
/// @param ranges ranges of the operands; one is drawn for a whole expression
public record ExpressionGrammar(List<ExpressionPattern> patterns, List<OperandRange> ranges) {
  private static final ContentSplit SPLIT = new ContentSplit(/* validationPercent= */ 10);

  public ExpressionGrammar {
    patterns = List.copyOf(patterns);
    ranges = List.copyOf(ranges);
    if (patterns.isEmpty() || ranges.isEmpty()) {
      throw new IllegalArgumentException(
          "ExpressionGrammar: expected at least one pattern and one range, got %s and %s"
              .formatted(patterns, ranges));
    }
  }

  /// Returns the grammar of these patterns with these ranges.
  public static ExpressionGrammar of(List<String> patterns, OperandRange... ranges) {
    return new ExpressionGrammar(
        patterns.stream().map(ExpressionPattern::new).toList(), List.of(ranges));
  }

  /// Returns the standard grammar: up to four operands and depth three, operands 1–99 or 1–999.
  public static ExpressionGrammar standard() {
    return of(
        List.of(
            "a",
            "a~b",
            "a~b",
            "a~(b~c)",
            "a~(b~c)",
            "a-(b-c)",
            "(a~b)~c",
            "(a~b)~(c~d)",
            "a~(b~(c~d))",
            "((a~b)~c)~d"),
        new OperandRange(/* least= */ 1, /* greatest= */ 99),
        new OperandRange(/* least= */ 1, /* greatest= */ 999));
  }

  /// Returns the side of the split on which an expression lies.
  public static Split splitOf(Expression expression) {
    return SPLIT.of(
        expression.operands().stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /// Returns an expression of one side of the split.
  public Expression draw(RandomGenerator random, Split split) {
    for (int attempt = 0; attempt < 100_000; attempt++) {
      var pattern = Seeded.pick(patterns, random);
      var expression = pattern.draw(random, Seeded.pick(ranges, random));
      if (splitOf(expression) == split) {
        return expression;
      }
    }
    throw new IllegalStateException(
        "ExpressionGrammar: expected expressions on both sides of the split, got none for %s; widen the ranges"
            .formatted(split));
  }

  /// Returns the length in characters of the longest expression.
  int maximumLength() {
    int digits = Integer.toString(greatestOperand()).length();
    return patterns.stream()
        .mapToInt(
            p -> {
              int letters = operandCount(p);
              return p.form().length() - letters + letters * digits;
            })
        .max()
        .orElseThrow();
  }

  /// Returns the greatest absolute value of an expression: the greatest operand times their number.
  long greatestValue() {
    int letters = patterns.stream().mapToInt(ExpressionGrammar::operandCount).max().orElseThrow();
    return (long) letters * greatestOperand();
  }

  int greatestOperand() {
    return ranges.stream().mapToInt(OperandRange::greatest).max().orElseThrow();
  }

  /// Returns the measured sub-grammars by name: the whole, and `a-(b-c)` with two and with three
  /// digits as far as the operands reach.
  Stream<Measured> measured() {
    return Stream.concat(
        Stream.of(new Measured("all", this)),
        Stream.of(new OperandRange(10, 99), new OperandRange(100, 999))
            .filter(range -> range.greatest() <= greatestOperand())
            .map(
                range ->
                    new Measured(
                        range.greatest() < 100 ? "a-(b-c)-two-digit" : "a-(b-c)-three-digit",
                        of(List.of("a-(b-c)"), range))));
  }

  private static int operandCount(ExpressionPattern pattern) {
    return (int) pattern.form().chars().filter(Character::isLetter).count();
  }

  /// A named sub-grammar.
  ///
  /// @param name its name
  /// @param grammar its expressions
  record Measured(String name, ExpressionGrammar grammar) {}
}
