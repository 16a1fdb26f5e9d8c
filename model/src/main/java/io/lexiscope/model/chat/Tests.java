package io.lexiscope.model.chat;

import java.util.Locale;

/// The tests behind `is`.
final class Tests {
  private Tests() {}

  static boolean holds(Datum value, String name, Datum.Arguments given, Budget budget) {
    return switch (name) {
      case "defined" -> !(value instanceof Datum.Undefined);
      case "undefined" -> value instanceof Datum.Undefined;
      case "none" -> value instanceof Datum.None;
      case "boolean" -> value instanceof Datum.Flag;
      case "true" -> value instanceof Datum.Flag flag && flag.value();
      case "false" -> value instanceof Datum.Flag flag && !flag.value();
      case "string" -> value instanceof Datum.Text;
      case "number" -> Values.isNumber(value);
      case "integer" -> value instanceof Datum.Whole;
      case "float" -> value instanceof Datum.Real;
      case "mapping" -> value instanceof Datum.Table;
      case "sequence" ->
          value instanceof Datum.Items
              || value instanceof Datum.Text
              || value instanceof Datum.Table
              || value instanceof Datum.Undefined;
      case "iterable" ->
          value instanceof Datum.Items
              || value instanceof Datum.Text
              || value instanceof Datum.Table
              || value instanceof Datum.Undefined;
      case "callable" -> value instanceof Datum.Function;
      case "lower" -> {
        String text = Values.text(value, budget);
        yield text.equals(text.toLowerCase(Locale.ROOT))
            && !text.equals(text.toUpperCase(Locale.ROOT));
      }
      case "upper" -> {
        String text = Values.text(value, budget);
        yield text.equals(text.toUpperCase(Locale.ROOT))
            && !text.equals(text.toLowerCase(Locale.ROOT));
      }
      case "odd" -> Math.floorMod(Values.whole(value, budget), 2L) == 1;
      case "even" -> Math.floorMod(Values.whole(value, budget), 2L) == 0;
      case "divisibleby" -> {
        long by = Values.whole(given.get(0, "num"), budget);
        if (by == 0) {
          throw budget.failed("a divisor other than 0", "0");
        }
        yield Math.floorMod(Values.whole(value, budget), by) == 0;
      }
      case "sameas" -> Values.equal(value, given.get(0, "other"), budget);
      default ->
          Values.compare(
              value,
              switch (name) {
                case "eq", "equalto", "==" -> "==";
                case "ne", "!=" -> "!=";
                case "lt", "lessthan", "<" -> "<";
                case "le", "<=" -> "<=";
                case "gt", "greaterthan", ">" -> ">";
                case "ge", ">=" -> ">=";
                case "in" -> "in";
                default -> throw budget.failed("a test that Jinja has", "'" + name + "'");
              },
              given.get(0, "other"),
              budget);
    };
  }
}
