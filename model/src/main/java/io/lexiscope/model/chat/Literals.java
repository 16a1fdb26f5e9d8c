package io.lexiscope.model.chat;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Values written as Python prints them, and as JSON.
final class Literals {
  private Literals() {}

  /// `repr(value)`.
  static void python(Datum value, StringBuilder out, Budget budget) {
    budget.step(1);
    budget.enter();
    switch (value) {
      case Datum.Undefined _ -> out.append("Undefined");
      case Datum.None _ -> out.append("None");
      case Datum.Flag flag -> out.append(flag.value() ? "True" : "False");
      case Datum.Whole whole -> out.append(whole.value());
      case Datum.Real real -> out.append(real(real.value()));
      case Datum.Text text -> quoted(budget.made(text.value()), out);
      case Datum.Items items -> {
        out.append(items.tuple() ? '(' : '[');
        for (int i = 0; i < items.values().size(); i++) {
          out.append(i == 0 ? "" : ", ");
          python(items.values().get(i), out, budget);
        }
        out.append(items.tuple() && items.values().size() == 1 ? "," : "");
        out.append(items.tuple() ? ')' : ']');
      }
      case Datum.Table table -> {
        out.append('{');
        String between = "";
        for (var entry : table.entries().entrySet()) {
          out.append(between);
          python(entry.getKey(), out, budget);
          out.append(": ");
          python(entry.getValue(), out, budget);
          between = ", ";
        }
        out.append('}');
      }
      case Datum.Space _ -> out.append("<Namespace>");
      case Datum.Function function -> out.append("<function ").append(function.name()).append('>');
    }
    budget.leave();
  }

  /// As Python prints a float: the shortest digits, an exponent from 1e16 and below 1e-4.
  static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-4 && size < 1e16)) {
      String plain = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String[] parts = Double.toString(value).split("E", -1);
    String digits =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    int exponent = Integer.parseInt(parts[1]);
    return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private static void quoted(String text, StringBuilder out) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                  if (c == quote) {
                    out.append('\\').append(quote);
                  } else if (c < 32 || c == 127) {
                    out.append("\\x%02x".formatted(c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    out.append(quote);
  }

  /// What `json.dumps` is told.
  ///
  /// @param indent blanks a level; negative for one line
  record Json(int indent, boolean ascii, String item, String key) {}

  static void json(Datum value, Json how, int level, StringBuilder out, Budget budget) {
    budget.step(1);
    budget.enter();
    switch (value) {
      case Datum.None _ -> out.append("null");
      case Datum.Flag flag -> out.append(flag.value());
      case Datum.Whole whole -> out.append(whole.value());
      case Datum.Real real -> out.append(real(real.value()));
      case Datum.Text text -> jsonText(budget.made(text.value()), how.ascii(), out);
      case Datum.Items items -> jsonItems(items.values(), how, level, out, budget);
      case Datum.Table table -> jsonTable(table, how, level, out, budget);
      case Datum.Undefined _, Datum.Space _, Datum.Function _ ->
          throw budget.failed("a value that JSON has", Values.kind(value));
    }
    budget.leave();
  }

  private static void jsonItems(
      List<Datum> values, Json how, int level, StringBuilder out, Budget budget) {
    if (values.isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      separate(i == 0, how, level + 1, out, budget);
      json(values.get(i), how, level + 1, out, budget);
    }
    lineBreak(how, level, out, budget);
    out.append(']');
  }

  private static void jsonTable(
      Datum.Table table, Json how, int level, StringBuilder out, Budget budget) {
    if (table.entries().isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    Iterator<Map.Entry<Datum, Datum>> entries = table.entries().entrySet().iterator();
    for (boolean first = true; entries.hasNext(); first = false) {
      var entry = entries.next();
      separate(first, how, level + 1, out, budget);
      String key =
          switch (entry.getKey()) {
            case Datum.Text text -> text.value();
            case Datum.None _ -> "null";
            case Datum.Flag flag -> String.valueOf(flag.value());
            default -> Values.text(entry.getKey(), budget);
          };
      jsonText(budget.made(key), how.ascii(), out);
      out.append(how.key());
      json(entry.getValue(), how, level + 1, out, budget);
    }
    lineBreak(how, level, out, budget);
    out.append('}');
  }

  private static void separate(
      boolean first, Json how, int level, StringBuilder out, Budget budget) {
    if (!first) {
      out.append(how.indent() < 0 ? how.item() : how.item().stripTrailing());
    }
    lineBreak(how, level, out, budget);
  }

  private static void lineBreak(Json how, int level, StringBuilder out, Budget budget) {
    if (how.indent() >= 0) {
      budget.make((long) how.indent() * level);
      out.append('\n').append(" ".repeat(how.indent() * level));
    }
  }

  private static void jsonText(String text, boolean ascii, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 32 || (ascii && c > 126)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
