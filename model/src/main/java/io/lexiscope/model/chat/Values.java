package io.lexiscope.model.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Python does with values: their truth, order, text and elements.
final class Values {
  private Values() {}

  static boolean truth(Datum value) {
    return switch (value) {
      case Datum.Undefined _, Datum.None _ -> false;
      case Datum.Flag flag -> flag.value();
      case Datum.Whole whole -> whole.value() != 0;
      case Datum.Real real -> real.value() != 0;
      case Datum.Text text -> !text.value().isEmpty();
      case Datum.Items items -> !items.values().isEmpty();
      case Datum.Table table -> !table.entries().isEmpty();
      case Datum.Space _, Datum.Function _ -> true;
    };
  }

  static String kind(Datum value) {
    return switch (value) {
      case Datum.Undefined missing -> "'" + missing.name() + "', which is not there";
      case Datum.None _ -> "none";
      case Datum.Flag _ -> "a boolean";
      case Datum.Whole _ -> "a whole number";
      case Datum.Real _ -> "a float";
      case Datum.Text _ -> "a string";
      case Datum.Items items -> items.tuple() ? "a tuple" : "a list";
      case Datum.Table _ -> "a dictionary";
      case Datum.Space _ -> "a namespace";
      case Datum.Function _ -> "a function";
    };
  }

  /// `str(value)`.
  static String text(Datum value, Budget budget) {
    return switch (value) {
      case Datum.Text text -> text.value();
      case Datum.Undefined _ -> "";
      default -> {
        var out = new StringBuilder();
        Literals.python(value, out, budget);
        yield budget.made(out.toString());
      }
    };
  }

  static String string(Datum value, Budget budget) {
    if (value instanceof Datum.Text text) {
      return text.value();
    }
    throw budget.failed("a string", kind(value));
  }

  static long whole(Datum value, Budget budget) {
    return switch (value) {
      case Datum.Whole whole -> whole.value();
      case Datum.Flag flag -> flag.value() ? 1 : 0;
      default -> throw budget.failed("a whole number", kind(value));
    };
  }

  /// What a loop goes through: elements, characters, keys.
  static List<Datum> elements(Datum value, Budget budget) {
    List<Datum> elements =
        switch (value) {
          case Datum.Items items -> items.values();
          case Datum.Table table -> List.copyOf(table.entries().keySet());
          case Datum.Text text -> {
            budget.make(text.value().length());
            yield text.value().codePoints().mapToObj(c -> Datum.of(Character.toString(c))).toList();
          }
          case Datum.Undefined _ -> List.of();
          default -> throw budget.failed("something with elements", kind(value));
        };
    budget.step(1 + elements.size() / 16);
    return elements;
  }

  static Datum slice(
      Datum of, @Nullable Datum from, @Nullable Datum to, @Nullable Datum by, Budget budget) {
    List<Datum> all =
        switch (of) {
          case Datum.Items items -> items.values();
          case Datum.Text text -> elements(text, budget);
          default -> throw budget.failed("a list or a string to slice", kind(of));
        };
    long step = by == null || by instanceof Datum.None ? 1 : whole(by, budget);
    if (step == 0) {
      throw budget.failed("a step other than 0", "0");
    }
    int size = all.size();
    long start = bound(from, step > 0 ? 0 : size - 1L, size, step, budget);
    long end = bound(to, step > 0 ? size : -1L, size, step, budget);
    List<Datum> some = new ArrayList<>();
    for (long at = start; step > 0 ? at < end : at > end; at += step) {
      some.add(all.get((int) at));
    }
    budget.make(some.size());
    if (of instanceof Datum.Items items) {
      return new Datum.Items(some, items.tuple());
    }
    var text = new StringBuilder();
    some.forEach(part -> text.append(((Datum.Text) part).value()));
    return Datum.of(budget.made(text.toString()));
  }

  private static long bound(
      @Nullable Datum given, long otherwise, int size, long step, Budget budget) {
    if (given == null || given instanceof Datum.None) {
      return otherwise;
    }
    long place = whole(given, budget);
    long from0 = place < 0 ? place + size : place;
    return step > 0 ? Math.clamp(from0, 0, size) : Math.clamp(from0, -1, size - 1);
  }

  static boolean compare(Datum left, String operator, Datum right, Budget budget) {
    return switch (operator) {
      case "==" -> equal(left, right, budget);
      case "!=" -> !equal(left, right, budget);
      case "in" -> in(left, right, budget);
      case "not in" -> !in(left, right, budget);
      case "<" -> order(left, right, budget) < 0;
      case "<=" -> order(left, right, budget) <= 0;
      case ">" -> order(left, right, budget) > 0;
      default -> order(left, right, budget) >= 0;
    };
  }

  static boolean equal(Datum left, Datum right, Budget budget) {
    budget.step(1);
    if (isNumber(left) && isNumber(right)) {
      return number(left) == number(right);
    }
    if (left instanceof Datum.Undefined && right instanceof Datum.Undefined) {
      return true;
    }
    if (left instanceof Datum.Items a && right instanceof Datum.Items b) {
      boolean same = a.tuple() == b.tuple() && a.values().size() == b.values().size();
      for (int i = 0; same && i < a.values().size(); i++) {
        same = equal(a.values().get(i), b.values().get(i), budget);
      }
      return same;
    }
    if (left instanceof Datum.Table a && right instanceof Datum.Table b) {
      boolean same = a.entries().size() == b.entries().size();
      for (var entry : a.entries().entrySet()) {
        @Nullable Datum other = same ? b.entries().get(entry.getKey()) : null;
        same = other != null && equal(entry.getValue(), other, budget);
      }
      return same;
    }
    return left.equals(right);
  }

  /// Whether a value can be a key: those with parts cannot, since comparing them may take for ever.
  static boolean isKey(Datum value) {
    return switch (value) {
      case Datum.Text _, Datum.Whole _, Datum.Real _, Datum.Flag _, Datum.None _ -> true;
      case Datum.Undefined _, Datum.Items _, Datum.Table _, Datum.Space _, Datum.Function _ ->
          false;
    };
  }

  /// An entry of a dictionary, or null.
  static @Nullable Datum entry(Datum.Table table, Datum key) {
    return isKey(key) ? table.entries().get(key) : null;
  }

  static boolean isNumber(Datum value) {
    return value instanceof Datum.Whole
        || value instanceof Datum.Real
        || value instanceof Datum.Flag;
  }

  static double number(Datum value) {
    return switch (value) {
      case Datum.Whole whole -> whole.value();
      case Datum.Real real -> real.value();
      case Datum.Flag flag -> flag.value() ? 1 : 0;
      default -> throw new IllegalArgumentException("number: got " + kind(value));
    };
  }

  private static boolean in(Datum left, Datum right, Budget budget) {
    return switch (right) {
      case Datum.Text text -> {
        String wanted = string(left, budget);
        budget.search(text.value().length(), wanted.length());
        yield text.value().contains(wanted);
      }
      case Datum.Table table -> entry(table, left) != null;
      default -> {
        boolean found = false;
        for (Datum element : elements(right, budget)) {
          budget.step(1);
          found |= equal(element, left, budget);
        }
        yield found;
      }
    };
  }

  static int order(Datum left, Datum right, Budget budget) {
    if (left instanceof Datum.Text a && right instanceof Datum.Text b) {
      budget.step(1 + Math.min(a.value().length(), b.value().length()) / 64);
      return a.value().compareTo(b.value());
    }
    if (isNumber(left) && isNumber(right)) {
      return left instanceof Datum.Whole a && right instanceof Datum.Whole b
          ? Long.compare(a.value(), b.value())
          : Double.compare(number(left), number(right));
    }
    if (left instanceof Datum.Items a && right instanceof Datum.Items b) {
      for (int i = 0; i < Math.min(a.values().size(), b.values().size()); i++) {
        budget.step(1);
        if (!equal(a.values().get(i), b.values().get(i), budget)) {
          return order(a.values().get(i), b.values().get(i), budget);
        }
      }
      return Integer.compare(a.values().size(), b.values().size());
    }
    throw budget.failed("values that have an order", kind(left) + " and " + kind(right));
  }
}
