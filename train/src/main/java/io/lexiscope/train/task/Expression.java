package io.lexiscope.train.task;

import java.util.ArrayList;
import java.util.List;

/// An arithmetic expression over + and − as a tree.
public sealed interface Expression {
  /// A number.
  ///
  /// @param value the number
  record Operand(long value) implements Expression {}

  /// A sum or difference.
  ///
  /// @param operator + or −
  /// @param left first operand
  /// @param right second operand
  record Operation(Operator operator, Expression left, Expression right) implements Expression {}

  /// The two operators.
  enum Operator {
    /// Addition.
    PLUS('+'),
    /// Subtraction.
    MINUS('-');

    private final char symbol;

    Operator(char symbol) {
      this.symbol = symbol;
    }

    /// Returns the operator's character.
    public char symbol() {
      return symbol;
    }

    long apply(long left, long right) {
      return this == PLUS ? left + right : left - right;
    }
  }

  /// One node of an expression with everything value tracing needs.
  ///
  /// @param name the node in letters, operands named a, b, c … from the left: `a`, `b-c`, `a-(b-c)`
  /// @param text the node as written, without its own parentheses
  /// @param value its value
  /// @param start position of its first token; an inner operation starts at its opening parenthesis
  /// @param end position after its last token
  record Node(String name, String text, long value, int start, int end) {}

  /// Returns the value.
  default long value() {
    return switch (this) {
      case Operand operand -> operand.value();
      case Operation(Operator operator, Expression left, Expression right) ->
          operator.apply(left.value(), right.value());
    };
  }

  /// Returns the expression as written: every inner operation in parentheses, the outermost
  /// without.
  default String text() {
    return switch (this) {
      case Operand operand -> Long.toString(operand.value());
      case Operation(Operator operator, Expression left, Expression right) ->
          left.inner() + operator.symbol() + right.inner();
    };
  }

  /// Returns the operands from left to right.
  default List<Long> operands() {
    return switch (this) {
      case Operand operand -> List.of(operand.value());
      case Operation(Operator operator, Expression left, Expression right) -> {
        var all = new ArrayList<>(left.operands());
        all.addAll(right.operands());
        yield List.copyOf(all);
      }
    };
  }

  /// Returns every node, inner ones before the operation they belong to, the whole expression last.
  ///
  /// @param firstToken position of the expression's first character among the tokens (one character
  ///   is one token): 1 behind `[CLS]` or `B`
  default List<Node> nodes(int firstToken) {
    var nodes = new ArrayList<Node>();
    ExpressionNodes.collect(this, /* inner= */ false, firstToken, /* firstOperand= */ 0, nodes);
    return List.copyOf(nodes);
  }

  private String inner() {
    return this instanceof Operand ? text() : "(" + text() + ")";
  }
}
