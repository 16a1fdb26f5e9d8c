package io.lexiscope.model.chat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts with places for values: `'%s' % value` and `'{}'.format(value)`.
final class Formats {
  private static final Pattern PERCENT =
      Pattern.compile(
          "%(?:\\((?<name>[^)]{0,200})\\))?(?<width>-?0?\\d{0,4})(?:\\.(?<digits>\\d{1,2}))?(?<kind>.)");
  private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{(\\w*)}");

  private Formats() {}

  static Datum percent(String format, Datum value, Budget budget) {
    List<Datum> values =
        value instanceof Datum.Items items && items.tuple() ? items.values() : List.of(value);
    Matcher place = PERCENT.matcher(format);
    var text = new StringBuilder();
    int next = 0;
    while (place.find()) {
      budget.step(1);
      String kind = String.valueOf(place.group("kind"));
      String written;
      if (kind.equals("%")) {
        written = "%";
      } else {
        Datum argument;
        if (place.group("name") != null && value instanceof Datum.Table table) {
          argument =
              table
                  .entries()
                  .getOrDefault(Datum.of(place.group("name")), new Datum.Undefined("value"));
        } else if (next < values.size()) {
          argument = values.get(next++);
        } else {
          throw budget.failed("a value for every % of a format", "fewer");
        }
        written =
            padded(written(kind, place.group("digits"), argument, budget), place.group("width"));
      }
      place.appendReplacement(text, Matcher.quoteReplacement(budget.made(written)));
    }
    return Datum.of(budget.made(place.appendTail(text).toString()));
  }

  private static String written(String kind, @Nullable String digits, Datum value, Budget budget) {
    return switch (kind) {
      case "s" -> Values.text(value, budget);
      case "r" -> {
        var out = new StringBuilder();
        Literals.python(value, out, budget);
        yield out.toString();
      }
      case "d", "i" ->
          Values.isNumber(value)
              ? String.valueOf((long) Values.number(value))
              : String.valueOf(Values.whole(value, budget));
      case "f" -> {
        if (!Values.isNumber(value)) {
          throw budget.failed("a number", Values.kind(value));
        }
        yield Double.isFinite(Values.number(value))
            ? new BigDecimal(Values.number(value))
                .setScale(digits == null ? 6 : Integer.parseInt(digits), RoundingMode.HALF_EVEN)
                .toPlainString()
            : Literals.real(Values.number(value));
      }
      default -> throw budget.failed("%s, %r, %d or %f in a format", "%" + kind);
    };
  }

  private static String padded(String text, String width) {
    if (width.isEmpty() || width.equals("-") || width.equals("0")) {
      return text;
    }
    int wanted = Math.abs(Integer.parseInt(width));
    String fill = (width.startsWith("0") ? "0" : " ").repeat(Math.max(0, wanted - text.length()));
    return width.startsWith("-") ? text + fill : fill + text;
  }

  static Datum braces(String format, Datum.Arguments given, Budget budget) {
    Matcher place = BRACES.matcher(format);
    var text = new StringBuilder();
    int next = 0;
    while (place.find()) {
      budget.step(1);
      String whole = place.group();
      String written;
      if (whole.equals("{{") || whole.equals("}}")) {
        written = whole.substring(1);
      } else {
        String name = place.group(1);
        int index =
            name.isEmpty()
                ? next++
                : name.matches("\\d{1,4}") ? Integer.parseInt(name) : Integer.MAX_VALUE;
        Datum value = given.get(index, name);
        if (value instanceof Datum.Undefined) {
          throw budget.failed("a value for {" + name + "} of a format", "none");
        }
        written = Values.text(value, budget);
      }
      place.appendReplacement(text, Matcher.quoteReplacement(budget.made(written)));
    }
    return Datum.of(budget.made(place.appendTail(text).toString()));
  }
}
