package io.lexiscope.workbench.contract;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The form in which answers are kept: numbers to seven digits, what differs from run to run
/// replaced by a mark, one line for what fits on it.
final class Recording {
  /// Stands for whatever a field holds.
  static final String ANYTHING = "<differs from run to run>";

  private static final Set<String> VOLATILE =
      Set.of(
          "codeVersion",
          "jvm",
          "uptimeSeconds",
          "milliseconds",
          "seconds",
          "gigaflops",
          "tokensPerSecond",
          "tokensPerSecondWhole",
          "savedSeconds",
          "savedTime",
          "etaSeconds",
          "submittedAt",
          "startedAt",
          "finishedAt");
  private static final MathContext DIGITS = new MathContext(7);
  private static final int WIDTH = 120;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Recording() {}

  /// What is kept of an answer.
  static JsonNode of(JsonNode answer) {
    return switch (answer.getNodeType()) {
      case OBJECT -> {
        var kept = NODES.objectNode();
        for (Map.Entry<String, JsonNode> field : answer.properties()) {
          kept.set(
              field.getKey(),
              differs(answer, field.getKey()) ? NODES.stringNode(ANYTHING) : of(field.getValue()));
        }
        yield kept;
      }
      case ARRAY -> {
        var kept = NODES.arrayNode();
        answer.valueStream().map(Recording::of).forEach(kept::add);
        yield kept;
      }
      default ->
          answer.isFloatingPointNumber()
              ? NODES.numberNode(new BigDecimal(answer.toString()).round(DIGITS))
              : answer;
    };
  }

  /// Whether it may take more than a line: what holds no further objects or lists does not.
  private static boolean isBroken(JsonNode node) {
    return node.isObject() || node.valueStream().anyMatch(JsonNode::isContainer);
  }

  /// The ids of jobs are drawn and texts, those of tokens are numbers; an index is compressed, and
  /// its length hangs on the last digits of what it holds.
  private static boolean differs(JsonNode of, String name) {
    return VOLATILE.contains(name)
        || (name.equals("id") && of.path(name).isString())
        || (name.equals("bytes") && of.has("vectors"));
  }

  /// A document as it stands in a file.
  static String text(JsonNode document) {
    return text(document, "") + "\n";
  }

  private static String text(JsonNode node, String indent) {
    String line = node.toString();
    if (!isBroken(node) || indent.length() + line.length() <= WIDTH) {
      return line;
    }
    String deeper = indent + "  ";
    String separator = ",\n" + deeper;
    String inside =
        node.isArray()
            ? node.valueStream()
                .map(value -> text(value, deeper))
                .collect(Collectors.joining(separator))
            : node.properties().stream()
                .map(
                    field ->
                        NODES.stringNode(field.getKey()) + ": " + text(field.getValue(), deeper))
                .collect(Collectors.joining(separator));
    String brackets = node.isArray() ? "[]" : "{}";
    return brackets.charAt(0) + "\n" + deeper + inside + "\n" + indent + brackets.charAt(1);
  }
}
