package io.lexiscope.index.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers from one bound to another, the bounds included.
///
/// @param from smallest
/// @param to largest
public record NumberRange(float from, float to) {
  private static final String NUMBER = "(\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)";
  private static final Pattern COMPARISON = Pattern.compile("([<>]=?)" + NUMBER);
  private static final Pattern BETWEEN = Pattern.compile(NUMBER + "-" + NUMBER);

  /// Reads `>3`, `>=3`, `<3`, `<=3` or `2-3.5`.
  ///
  /// @param key whose range it is, for the message
  /// @throws QueryException if it is none of these
  static NumberRange parse(String key, String text) {
    Matcher comparison = COMPARISON.matcher(text);
    if (comparison.matches()) {
      float bound = Float.parseFloat(comparison.group(2));
      return switch (comparison.group(1)) {
        case ">" -> new NumberRange(Math.nextUp(bound), Float.POSITIVE_INFINITY);
        case ">=" -> new NumberRange(bound, Float.POSITIVE_INFINITY);
        case "<" -> new NumberRange(Float.NEGATIVE_INFINITY, Math.nextDown(bound));
        default -> new NumberRange(Float.NEGATIVE_INFINITY, bound);
      };
    }
    Matcher between = BETWEEN.matcher(text);
    if (between.matches()) {
      float from = Float.parseFloat(between.group(1));
      float to = Float.parseFloat(between.group(2));
      if (from <= to) {
        return new NumberRange(from, to);
      }
    }
    throw new QueryException(
        "search: expected %s:>3, %s:<=3 or %s:2-3.5, got %s:%s"
            .formatted(key, key, key, key, text));
  }
}
