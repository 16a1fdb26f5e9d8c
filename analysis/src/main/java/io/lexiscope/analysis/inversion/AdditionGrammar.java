package io.lexiscope.analysis.inversion;

import io.lexiscope.base.Seeded;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sums such as `B615+861=1476E`, one character a token.
///
/// Features, of digits named as published (F1 is the first of the first operand, S1 that of the
/// second): each digit, each unordered pair of one place `{F1,S1}`, each sum of a pair, the carry
/// into each place, the digits of the answer (A1 first) and how many it has.
public record AdditionGrammar() implements InputGrammar {
  private static final Pattern SUM = Pattern.compile("B(\\d+)\\+(\\d+)=.*");

  @Override
  public String name() {
    return "addition";
  }

  @Override
  public String characters() {
    return "0123456789B+=EP";
  }

  @Override
  public boolean reads(String text) {
    Matcher matcher = SUM.matcher(text);
    return matcher.matches()
        && matcher.group(1).length() == matcher.group(2).length()
        && matcher.group(1).length() <= 3
        && matcher.group(1).charAt(0) != '0'
        && matcher.group(2).charAt(0) != '0';
  }

  @Override
  public InputSpace whole(Tokenizer tokenizer, String query) {
    int digits = digits(query);
    String operand = "[1-9]" + "[0-9]".repeat(digits - 1);
    ProductSpace prompts = ProductSpace.of("B" + operand + "\\+" + operand + "=", tokenizer);
    List<Integer> ids = new ArrayList<>();
    for (char c = '0'; c <= '9'; c++) {
      ids.add(tokenizer.idOf(String.valueOf(c)));
    }
    int end = tokenizer.idOf("E");
    return new ProductSpace(prompts.slots(), prompt -> answered(prompt, digits, ids, end));
  }

  private static TokenIds answered(TokenIds prompt, int digits, List<Integer> ids, int end) {
    int sum = 0;
    for (int place = 0; place < digits; place++) {
      int power = (int) Math.pow(10, digits - 1.0 - place);
      sum += power * ids.indexOf(prompt.get(1 + place));
      sum += power * ids.indexOf(prompt.get(2 + digits + place));
    }
    String answer = Integer.toString(sum);
    int[] more = new int[answer.length() + 1];
    for (int i = 0; i < answer.length(); i++) {
      more[i] = ids.get(answer.charAt(i) - '0');
    }
    more[answer.length()] = end;
    return prompt.plus(more);
  }

  @Override
  public List<String> draw(String query, int count, long seed) {
    int digits = digits(query);
    int least = (int) Math.pow(10, digits - 1.0);
    int end = 10 * least;
    var random = Seeded.stream("inversion/addition", seed, /* index= */ 0);
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(least, end);
      int second = random.nextInt(least, end);
      drawn.add(String.format(Locale.ROOT, "B%d+%d=%dE", first, second, first + second));
    }
    return drawn;
  }

  private static int digits(String query) {
    Matcher matcher = SUM.matcher(query);
    if (!matcher.matches()) {
      throw new InversionException(
          "invert: expected a sum such as B615+861=, got %s; write one".formatted(query));
    }
    return matcher.group(1).length();
  }

  @Override
  public boolean isAligned() {
    return true;
  }

  @Override
  public FeatureSet features(String query) {
    return new Digits(digits(query));
  }

  /// The features of operands of some digits.
  private record Digits(int digits) implements FeatureSet {
    @Override
    public List<String> names() {
      List<String> names = new ArrayList<>();
      for (int place = 1; place <= digits; place++) {
        names.add("F" + place);
        names.add("S" + place);
        names.add("{F%d,S%d}".formatted(place, place));
        names.add("F%d+S%d".formatted(place, place));
        if (place < digits) {
          names.add("carry from F%d+S%d".formatted(place + 1, place + 1));
        }
      }
      for (int place = 1; place <= digits + 1; place++) {
        names.add("A" + place);
      }
      names.add("digits of the answer");
      return names;
    }

    @Override
    public List<String> of(String text, int at) {
      List<String> values = new ArrayList<>();
      if (text.length() < 2 * digits + 3) {
        return Collections.nCopies(names().size(), "");
      }
      for (int place = 0; place < digits; place++) {
        char f = text.charAt(1 + place);
        char s = text.charAt(2 + digits + place);
        values.add(String.valueOf(f));
        values.add(String.valueOf(s));
        values.add("{" + (char) Math.min(f, s) + "," + (char) Math.max(f, s) + "}");
        values.add(Integer.toString(f + s - 2 * '0'));
        if (place + 1 < digits) {
          values.add(carry(text, place + 1) ? "1" : "0");
        }
      }
      String answer = Integer.toString(number(text, 1, digits) + number(text, 2 + digits, digits));
      for (int place = 0; place <= digits; place++) {
        values.add(place < answer.length() ? answer.substring(place, place + 1) : "");
      }
      values.add(Integer.toString(answer.length()));
      return values;
    }

    /// Whether the digits from a place on sum to more than they have room for.
    private boolean carry(String text, int place) {
      int length = digits - place;
      int sum = number(text, 1 + place, length) + number(text, 2 + digits + place, length);
      return sum >= (int) Math.pow(10, length);
    }

    private static int number(String text, int from, int length) {
      int number = 0;
      for (int i = from; i < from + length; i++) {
        number = 10 * number + text.charAt(i) - '0';
      }
      return number;
    }
  }
}
