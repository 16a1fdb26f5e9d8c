package io.lexiscope.model.expression;

import io.lexiscope.model.expression.PatternNode.Assertion;
import io.lexiscope.model.expression.PatternNode.Chars;
import io.lexiscope.model.expression.PatternNode.Choice;
import io.lexiscope.model.expression.PatternNode.Repeat;
import io.lexiscope.model.expression.PatternNode.Sequence;
import java.util.List;

/// Bounds the steps of a backtracking matcher, from above, for any text: from one place of a text
/// of `n` characters it takes at most `Σ ways · n^degree` of them, summed over the alternatives.
///
/// @param terms the alternatives
public record MatchingCost(List<Term> terms) {
  /// Steps from one place after which Oniguruma gives up, which ends the process; half of them.
  private static final double MOST_FROM_ONE_PLACE = 5e6;

  /// Steps that take some ten seconds.
  private static final double MOST = 1e9;

  private static final double MOST_WAYS = 1e5;

  /// One alternative.
  ///
  /// @param ways in which what is bounded can be read
  /// @param degree the power of the length
  public record Term(double ways, int degree) {}

  /// Copies the list.
  public MatchingCost {
    terms = List.copyOf(terms);
  }

  /// @param expression in Oniguruma's syntax
  /// @throws ExpressionException if its cost has no such bound, or it is not understood
  public static MatchingCost of(String expression) {
    PatternNode root = PatternParser.parse(expression, new CodePoints());
    List<PatternNode> options = root instanceof Choice choice ? choice.options() : List.of(root);
    return new MatchingCost(options.stream().map(MatchingCost::term).toList());
  }

  private static Term term(PatternNode node) {
    double ways = ways(node);
    if (ways > MOST_WAYS) {
      throw new ExpressionException("more than 100,000 ways to read one text");
    }
    return new Term(ways, Loops.degree(PatternPositions.of(node)));
  }

  /// The longest text, in characters, for which this ends before the matcher gives up and before
  /// somebody would.
  public int longestText() {
    long low = 0;
    long high = Integer.MAX_VALUE;
    while (low < high) {
      long middle = (low + high + 1) / 2;
      double once = fromOnePlace((double) middle);
      if (once <= MOST_FROM_ONE_PLACE && once * middle <= MOST) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return (int) low;
  }

  private double fromOnePlace(double length) {
    return terms.stream().mapToDouble(term -> term.ways() * Math.pow(length, term.degree())).sum();
  }

  /// In how many ways a text can be read, but for where the endless repetitions end.
  private static double ways(PatternNode node) {
    return switch (node) {
      case Chars _ -> 1;
      case Sequence sequence ->
          sequence.parts().stream().mapToDouble(MatchingCost::ways).reduce(1, (a, b) -> a * b);
      case Choice choice -> choice.options().stream().mapToDouble(MatchingCost::ways).sum();
      case Repeat repeat -> ways(repeat);
      case Assertion assertion -> {
        if (endless(assertion.body())) {
          throw new ExpressionException("an endless repetition in a look to one side");
        }
        yield ways(assertion.body());
      }
    };
  }

  private static double ways(Repeat repeat) {
    double body = ways(repeat.body());
    if (repeat.unbounded()) {
      return Math.pow(body, Math.max(1, repeat.least()));
    }
    double sum = 0;
    for (int times = repeat.least(); times <= repeat.most(); times++) {
      sum += Math.pow(body, times);
    }
    return Math.max(1, sum);
  }

  private static boolean endless(PatternNode node) {
    return switch (node) {
      case Chars _ -> false;
      case Sequence sequence -> sequence.parts().stream().anyMatch(MatchingCost::endless);
      case Choice choice -> choice.options().stream().anyMatch(MatchingCost::endless);
      case Repeat repeat -> repeat.unbounded() || endless(repeat.body());
      case Assertion assertion -> endless(assertion.body());
    };
  }
}
