package io.lexiscope.train.task;

import io.lexiscope.base.Seeded;
import io.lexiscope.train.task.Expression.Operand;
import io.lexiscope.train.task.Expression.Operation;
import io.lexiscope.train.task.Expression.Operator;
import java.util.random.RandomGenerator;

/// The form of an expression: letters for operands, `+` or `-` for that operator, `~` for either
/// with equal odds; inner operations in parentheses. Examples: `a`, `a~b`, `a-(b-c)`, `(a~b)~c`,
/// `a~(b~(c~d))`.
///
/// ```
/// pattern := term | term operator term        operator := '+' | '-' | '~'
/// term    := 'a'…'z' | '(' term operator term ')'
/// ```
///
/// @param form the pattern
public record ExpressionPattern(String form) {
  public ExpressionPattern {
    var reader = new Reader(form, Seeded.SPLIT_MIX.from(0), new OperandRange(1, 9));
    reader.pattern();
  }

  /// Returns an expression of this form.
  public Expression draw(RandomGenerator random, OperandRange range) {
    return new Reader(form, random, range).pattern();
  }

  private static final class Reader {
    private final String form;
    private final RandomGenerator random;
    private final OperandRange range;
    private int position;

    Reader(String form, RandomGenerator random, OperandRange range) {
      this.form = form;
      this.random = random;
      this.range = range;
    }

    Expression pattern() {
      Expression first = term();
      Expression whole = position < form.length() ? operation(first) : first;
      if (position < form.length()) {
        throw unexpected("the end");
      }
      return whole;
    }

    private Expression term() {
      char c = next();
      if (c >= 'a' && c <= 'z') {
        return new Operand(random.nextInt(range.least(), range.greatest() + 1));
      }
      if (c != '(') {
        throw unexpected("an operand letter or (");
      }
      Expression inner = operation(term());
      if (next() != ')') {
        throw unexpected(")");
      }
      return inner;
    }

    private Expression operation(Expression left) {
      Operator operator =
          switch (next()) {
            case '+' -> Operator.PLUS;
            case '-' -> Operator.MINUS;
            case '~' -> random.nextBoolean() ? Operator.PLUS : Operator.MINUS;
            default -> throw unexpected("+, - or ~");
          };
      return new Operation(operator, left, term());
    }

    private char next() {
      return position < form.length() ? form.charAt(position++) : '\0';
    }

    private IllegalArgumentException unexpected(String expected) {
      return new IllegalArgumentException(
          "ExpressionPattern: expected %s, got '%s' at or before character %d"
              .formatted(expected, form, position));
    }
  }
}
