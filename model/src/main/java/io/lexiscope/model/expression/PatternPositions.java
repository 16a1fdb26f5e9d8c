package io.lexiscope.model.expression;

import io.lexiscope.model.expression.PatternNode.Assertion;
import io.lexiscope.model.expression.PatternNode.Chars;
import io.lexiscope.model.expression.PatternNode.Choice;
import io.lexiscope.model.expression.PatternNode.Repeat;
import io.lexiscope.model.expression.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The positions of an expression, one for each character it names, and which can follow which: the
/// position automaton, that has no empty steps.
///
/// @see <a href="https://doi.org/10.1070/RM1961v016n05ABEH004112">Glushkov 1961</a>
final class PatternPositions {
  private static final int MOST = 400;

  /// A part of the expression.
  ///
  /// @param first positions it can begin with
  /// @param last positions after which it is complete without anything more that could fail
  /// @param ends positions it can end with, whatever is then still asked
  /// @param empty whether it can be passed without a character
  /// @param free whether it can be passed without a character and without anything that could fail
  private record Part(
      List<Integer> first, List<Integer> last, List<Integer> ends, boolean empty, boolean free) {}

  private final List<BitSet> sets = new ArrayList<>();
  private final List<Map<Integer, Integer>> follow = new ArrayList<>();
  private final BitSet accepting = new BitSet();

  private PatternPositions() {}

  /// @throws ExpressionException if there are too many positions
  static PatternPositions of(PatternNode node) {
    var positions = new PatternPositions();
    positions.walk(node).last().forEach(positions.accepting::set);
    return positions;
  }

  int count() {
    return sets.size();
  }

  /// Whether the matcher is done for certain when it has taken this position.
  boolean accepts(int position) {
    return accepting.get(position);
  }

  /// Which positions can follow, and in how many ways (2 stands for more than one).
  Map<Integer, Integer> follow(int position) {
    return follow.get(position);
  }

  boolean overlap(int a, int b) {
    return sets.get(a).intersects(sets.get(b));
  }

  private Part walk(PatternNode node) {
    return switch (node) {
      case Chars chars -> leaf(chars);
      case Sequence sequence -> sequence(sequence.parts());
      case Choice choice -> choice(choice.options());
      case Repeat repeat -> repeat(repeat);
      case Assertion _ -> new Part(List.of(), List.of(), List.of(), true, false);
    };
  }

  private Part leaf(Chars chars) {
    if (sets.size() == MOST) {
      throw new ExpressionException("more than %d characters, counted out".formatted(MOST));
    }
    sets.add(chars.codePoints());
    follow.add(new TreeMap<>());
    var only = List.of(sets.size() - 1);
    return new Part(only, only, only, false, false);
  }

  private static Part nothing() {
    return new Part(List.of(), List.of(), List.of(), true, true);
  }

  private Part sequence(List<PatternNode> parts) {
    Part whole = nothing();
    for (PatternNode part : parts) {
      whole = join(whole, walk(part));
    }
    return whole;
  }

  private Part join(Part a, Part b) {
    connect(a.ends(), b.first());
    return new Part(
        a.empty() ? both(a.first(), b.first()) : a.first(),
        b.free() ? both(a.last(), b.last()) : b.last(),
        b.empty() ? both(a.ends(), b.ends()) : b.ends(),
        a.empty() && b.empty(),
        a.free() && b.free());
  }

  private Part choice(List<PatternNode> options) {
    Part whole = walk(options.getFirst());
    for (PatternNode option : options.subList(1, options.size())) {
      Part next = walk(option);
      whole =
          new Part(
              both(whole.first(), next.first()),
              both(whole.last(), next.last()),
              both(whole.ends(), next.ends()),
              whole.empty() || next.empty(),
              whole.free() || next.free());
    }
    return whole;
  }

  /// Counted repetitions are written out.
  private Part repeat(Repeat repeat) {
    Part whole = nothing();
    int copies = repeat.unbounded() ? Math.max(1, repeat.least()) : repeat.most();
    for (int i = 0; i < copies; i++) {
      Part copy = walk(repeat.body());
      boolean loops = repeat.unbounded() && i == copies - 1;
      if (loops) {
        if (copy.empty() && !copy.first().isEmpty()) {
          throw new ExpressionException("an endless repetition of what can be empty");
        }
        connect(copy.ends(), copy.first());
      }
      if (i >= repeat.least()) {
        copy = new Part(copy.first(), copy.last(), copy.ends(), true, true);
      }
      whole = join(whole, copy);
    }
    return whole;
  }

  private void connect(List<Integer> from, List<Integer> to) {
    for (int p : from) {
      for (int q : to) {
        follow.get(p).merge(q, 1, (_, _) -> 2);
      }
    }
  }

  private static List<Integer> both(List<Integer> a, List<Integer> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    var all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
