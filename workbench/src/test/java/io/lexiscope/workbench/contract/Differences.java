package io.lexiscope.workbench.contract;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;

import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Where two JSON documents differ: names and their order, lengths of lists, words and whole
/// numbers exactly; other numbers, in texts too, by a tolerance that machines keep among each
/// other.
final class Differences {
  private static final Tolerance TOLERANCE =
      new Tolerance(/* absolute= */ 2e-4, /* relative= */ 2e-3);

  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+(?:e[-+]?\\d+)?");

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  /// What differs, one line a place; none when the documents say the same.
  static List<String> between(JsonNode recorded, JsonNode answered) {
    var differences = new Differences();
    differences.compare("", recorded, answered);
    return differences.found;
  }

  private void compare(String at, JsonNode recorded, JsonNode answered) {
    if (recorded.isString() && recorded.stringValue().equals(Recording.ANYTHING)) {
      return;
    }
    if (recorded.isObject() && answered.isObject()) {
      compareObjects(at, recorded, answered);
    } else if (recorded.isArray() && answered.isArray()) {
      compareArrays(at, recorded, answered);
    } else if (isRough(recorded, answered)) {
      compareNumbers(at, recorded.doubleValue(), answered.doubleValue());
    } else if (recorded.isString() && answered.isString()) {
      compareTexts(at, recorded.stringValue(), answered.stringValue());
    } else if (!recorded.equals(answered)) {
      found.add("%s: expected %s, got %s".formatted(at, shortened(recorded), shortened(answered)));
    }
  }

  private void compareObjects(String at, JsonNode recorded, JsonNode answered) {
    var expected = List.copyOf(recorded.propertyNames());
    var got = List.copyOf(answered.propertyNames());
    if (!expected.equals(got)) {
      found.add("%s: expected the names %s, got %s".formatted(at, expected, got));
      return;
    }
    for (String name : expected) {
      compare(at + "/" + name, recorded.path(name), answered.path(name));
    }
  }

  private void compareArrays(String at, JsonNode recorded, JsonNode answered) {
    if (recorded.size() != answered.size()) {
      found.add("%s: expected %d, got %d".formatted(at, recorded.size(), answered.size()));
      return;
    }
    for (int i = 0; i < recorded.size(); i++) {
      compare(at + "/" + i, recorded.path(i), answered.path(i));
    }
  }

  private void compareNumbers(String at, double recorded, double answered) {
    try {
      assertClose(answered, recorded, TOLERANCE);
    } catch (AssertionError apart) {
      found.add(at + ": " + apart.getMessage());
    }
  }

  private void compareTexts(String at, String recorded, String answered) {
    if (!NUMBER
        .matcher(recorded)
        .replaceAll("·")
        .equals(NUMBER.matcher(answered).replaceAll("·"))) {
      found.add("%s: expected \"%s\", got \"%s\"".formatted(at, recorded, answered));
      return;
    }
    var expected = NUMBER.matcher(recorded);
    var got = NUMBER.matcher(answered);
    while (expected.find() && got.find()) {
      compareNumbers(at, Double.parseDouble(expected.group()), Double.parseDouble(got.group()));
    }
  }

  /// A number that happens to be whole is written without a fraction, so one of two may be.
  private static boolean isRough(JsonNode recorded, JsonNode answered) {
    return recorded.isNumber()
        && answered.isNumber()
        && (recorded.isFloatingPointNumber() || answered.isFloatingPointNumber());
  }

  private static String shortened(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
