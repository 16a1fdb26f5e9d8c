package io.lexiscope.model.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchingCostTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+$",
        "(a*)*b",
        "((a+)b?)+c",
        "(a|a)*b",
        "(a|ab|b)+c",
        "(\\w|\\d)+x",
        "(?:[^x]|\\s)*y",
        "(\\x{10FFFE}|[\\x{10FFFE}-\\x{10FFFF}])*a",
        "(?i:(K|k)+)x",
        "(\\p{Lu}|\\p{IsCyrillic})+x",
        "([[:alpha:]]|a)+x",
        "(a?){30}b",
        "(a|a){25}b",
        "(a+){25}b",
        "(a{1,3}+)+b",
        "(a??b??)*c",
        "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x",
        "(a)\\1",
        "(?<n>a)\\k<n>",
        "(a\\g<0>?b)",
        "a{1000000}",
        "(((a{200}){200}){200})",
        "(?=(a+)+b)a",
        "(?<=.*)a",
        "(?~abc)",
        "(?(1)a|b)",
        "(?x: a )",
        "(a",
        "a)",
        "[a",
        "\\X",
        "*a",
        "((((((((((((((((((((((((((((((((((((((((((a))))))))))))))))))))))))))))))))))))))))))"
      })
  void whatCannotBePromisedToEndIsRefused(String expression) {
    assertThatThrownBy(() -> longest(expression))
        .isInstanceOf(ExpressionException.class)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "[a-z]+;1",
        "(?:ab|cd)+;1",
        "(?:\\p{L}\\p{M}*)+;1",
        " ?[^\\s\\p{L}]+[\\r\\n]*;1",
        "a+b+c+;1",
        "\\s*[\\r\\n]+;1",
        "\\s*[\\r\\n]+$;2",
        "a*b*a*c;2",
        "\\w+\\d+\\w+!;3",
        "'(?:[sdmt]|ll|ve|re);0",
        "\\p{N}{1,3};0",
        "\\d(?=\\d{3}\\b);0",
        "(?i)abc;0",
        "[[:punct:]&&[^_]];0",
        "\\r?\\n|a;0"
      })
  void thePowerIsThatOfTheRepetitionsThatShareAText(String expression, int degree) {
    assertThat(MatchingCost.of(expression).terms())
        .extracting(MatchingCost.Term::degree)
        .contains(degree)
        .allMatch(d -> d <= degree);
  }

  /// An independent matcher that counts: Java's, which backtracks too, on texts made of the
  /// characters of the expression. What it reads may exceed the bound only by what is constant.
  @Test
  void noExpressionTakesMoreStepsThanTheBound() {
    var random = new Random(3);
    int accepted = 0;
    for (int i = 0; i < 1500; i++) {
      String expression = expression(random, 3);
      MatchingCost cost;
      Pattern pattern;
      try {
        cost = MatchingCost.of(expression);
        pattern = Pattern.compile(expression);
      } catch (ExpressionException | PatternSyntaxException e) {
        continue;
      }
      accepted++;
      for (int n : new int[] {20, 60}) {
        var text = new Counting(text(random, n));
        boolean unused = pattern.matcher(text).lookingAt();
        assertThat(unused || !unused).isTrue();
        double bound =
            cost.terms().stream().mapToDouble(t -> t.ways() * Math.pow(n, t.degree())).sum();
        assertThat((double) text.reads).as(expression).isLessThan(40 * (bound + n));
      }
    }
    assertThat(accepted).isGreaterThan(200);
  }

  private static String expression(Random random, int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? "a" : random.nextBoolean() ? "b" : "[ab]";
    }
    String one = expression(random, depth - 1);
    String two = expression(random, depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> "(?:" + one + ")+";
      case 1 -> "(?:" + one + ")*";
      case 2 -> "(?:" + one + "|" + two + ")";
      case 3 -> "(?:" + one + ")?" + two;
      case 4 -> one + two + "c";
      case 5 -> "(?:" + one + "){1,3}";
      case 6 -> one + "(?!" + two + ")";
      default -> one + two;
    };
  }

  private static String text(Random random, int length) {
    int kind = random.nextInt(3);
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(kind == 0 ? 'a' : kind == 1 ? 'b' : random.nextBoolean() ? 'a' : 'b');
    }
    return text.toString();
  }

  private static int longest(String expression) {
    int longest = MatchingCost.of(expression).longestText();
    if (longest < 256) {
      throw new ExpressionException("too long");
    }
    return longest;
  }

  private static final class Counting implements CharSequence {
    private final String text;
    private long reads;

    private Counting(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads > 50_000_000) {
        throw new IllegalStateException("more than fifty million characters read");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
