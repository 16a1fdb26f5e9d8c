package io.lexiscope.train.task;

import io.lexiscope.train.task.Expression.Node;
import io.lexiscope.train.task.Expression.Operand;
import io.lexiscope.train.task.Expression.Operation;
import java.util.List;

/// Walks an expression and notes where each node is written.
final class ExpressionNodes {
  private ExpressionNodes() {}

  /// Adds the nodes of a part and returns the part's own node.
  ///
  /// @param inner whether the part is written in parentheses if it is an operation
  /// @param start position of the part's first token
  /// @param firstOperand how many operands stand to the left of the part
  static Node collect(
      Expression part, boolean inner, int start, int firstOperand, List<Node> nodes) {
    Node node =
        switch (part) {
          case Operand operand -> {
            String text = operand.text();
            String name = String.valueOf((char) ('a' + firstOperand));
            yield new Node(name, text, operand.value(), start, start + text.length());
          }
          case Operation operation -> {
            int open = inner ? 1 : 0;
            Node left =
                collect(operation.left(), /* inner= */ true, start + open, firstOperand, nodes);
            int behindLeft = firstOperand + operation.left().operands().size();
            Node right =
                collect(operation.right(), /* inner= */ true, left.end() + 1, behindLeft, nodes);
            String name =
                name(operation.left(), left)
                    + operation.operator().symbol()
                    + name(operation.right(), right);
            yield new Node(name, part.text(), part.value(), start, right.end() + open);
          }
        };
    nodes.add(node);
    return node;
  }

  private static String name(Expression part, Node node) {
    return part instanceof Operand ? node.name() : "(" + node.name() + ")";
  }
}
