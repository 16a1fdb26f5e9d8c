package io.lexiscope.analysis.inversion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The groups of a regular expression as features: named ones by their names, else `group 1` and so
/// on; an expression without groups says whether it is found.
///
/// @param pattern is looked for in the text
/// @param names of the groups, in their order
public record RegexFeatures(Pattern pattern, List<String> names) implements FeatureSet {
  private static final int MOST_STEPS = 1_000_000;

  /// Copies the list.
  public RegexFeatures {
    names = List.copyOf(names);
  }

  /// Reads an expression.
  ///
  /// @throws InversionException if it is none
  public static RegexFeatures of(String expression) {
    try {
      Pattern pattern = Pattern.compile(expression);
      int groups = pattern.matcher("").groupCount();
      if (groups == 0) {
        return new RegexFeatures(pattern, List.of(expression));
      }
      List<String> names = new ArrayList<>();
      for (int group = 1; group <= groups; group++) {
        names.add("group " + group);
      }
      pattern.namedGroups().entrySet().stream()
          .sorted(Comparator.comparingInt(Map.Entry::getValue))
          .forEach(named -> names.set(named.getValue() - 1, named.getKey()));
      return new RegexFeatures(pattern, names);
    } catch (PatternSyntaxException broken) {
      throw new InversionException(
          "feature: expected a regular expression, got %s (%s); mend it"
              .formatted(expression, broken.getDescription()));
    }
  }

  @Override
  public List<String> of(String text, int at) {
    Matcher matcher = pattern.matcher(new Metered(text));
    boolean found = isFound(matcher);
    if (matcher.groupCount() == 0) {
      return List.of(found ? "yes" : "no");
    }
    List<String> values = new ArrayList<>();
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String value = found ? matcher.group(group) : null;
      values.add(value == null ? "" : value);
    }
    return values;
  }

  private boolean isFound(Matcher matcher) {
    try {
      return matcher.find();
    } catch (StackOverflowError _) {
      throw tooLong();
    }
  }

  private InversionException tooLong() {
    return new InversionException(
        "feature: expected an expression that reads a text in %,d steps, got one that takes more, %s; take a repetition out of another"
            .formatted(MOST_STEPS, pattern.pattern()));
  }

  /// A text that is looked at so often and no more: a matcher that goes back can go on for ever.
  private final class Metered implements CharSequence {
    private final String text;
    private int steps;

    Metered(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw tooLong();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
