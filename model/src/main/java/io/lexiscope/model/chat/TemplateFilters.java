package io.lexiscope.model.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The filters behind `|`.
final class TemplateFilters {
  /// Takes an attribute of a value.
  interface Attributes {
    /// The attribute, undefined where there is none.
    Datum get(Datum of, String name);
  }

  private final Budget budget;
  private final Attributes attributes;
  private final Methods methods;

  TemplateFilters(Budget budget, Attributes attributes) {
    this.budget = budget;
    this.attributes = attributes;
    this.methods = new Methods(budget);
  }

  Datum apply(Datum of, String name, Datum.Arguments given) {
    budget.step(1);
    return switch (name) {
      case "trim" -> method(text(of), "strip", given);
      case "upper", "lower", "title", "capitalize" -> method(text(of), name, given);
      case "replace" ->
          method(
              text(of),
              name,
              new Datum.Arguments(given.positional().stream().map(this::text).toList(), Map.of()));
      case "string", "safe" -> text(of);
      case "escape", "e", "forceescape" -> escaped(Values.text(of, budget));
      case "length", "count" -> new Datum.Whole(length(of));
      case "default", "d" -> {
        boolean whole = Values.truth(given.get(1, "boolean"));
        yield of instanceof Datum.Undefined || (whole && !Values.truth(of))
            ? given.has(0, "default_value") ? given.get(0, "default_value") : Datum.of("")
            : of;
      }
      case "tojson" -> json(of, given);
      case "first" -> end(of, /* first= */ true);
      case "last" -> end(of, /* first= */ false);
      case "list" -> Datum.Items.list(Values.elements(of, budget));
      case "join" -> join(of, given);
      case "reverse" -> reversed(of);
      case "items" -> of instanceof Datum.Table table ? table.pairs() : Datum.Items.list(List.of());
      case "dictsort" -> dictionary(of, given);
      case "sort" -> sorted(of, given);
      case "unique" -> unique(of);
      case "map" -> mapped(of, given);
      case "select", "reject" ->
          Datum.Items.list(
              Values.elements(of, budget).stream()
                  .filter(value -> tested(value, given, 0) == name.equals("select"))
                  .toList());
      case "selectattr", "rejectattr" -> {
        String attribute = string(given.get(0, "attribute"));
        yield Datum.Items.list(
            Values.elements(of, budget).stream()
                .filter(
                    value -> tested(path(value, attribute), given, 1) == name.equals("selectattr"))
                .toList());
      }
      case "int" -> whole(of, given);
      case "float" -> real(of, given);
      case "abs" ->
          of instanceof Datum.Whole whole
              ? new Datum.Whole(Math.abs(whole.value()))
              : new Datum.Real(Math.abs(number(of)));
      case "round" -> rounded(of, given);
      case "sum" -> {
        Datum sum = given.has(1, "start") ? given.get(1, "start") : new Datum.Whole(0);
        for (Datum value : Values.elements(of, budget)) {
          sum = Numbers.of(sum, "+", value, budget);
        }
        yield sum;
      }
      case "min" -> extreme(of, -1);
      case "max" -> extreme(of, 1);
      case "indent" -> indented(Values.text(of, budget), given);
      case "format" ->
          Formats.percent(
              string(of), new Datum.Items(given.positional(), /* tuple= */ true), budget);
      case "wordcount" ->
          new Datum.Whole(Texts.words(string(of), /* most= */ -1, /* fromRight= */ false).size());
      default -> throw budget.failed("a filter that chat templates use", "'" + name + "'");
    };
  }

  private Datum text(Datum value) {
    return Datum.of(Values.text(value, budget));
  }

  private String string(Datum value) {
    return Values.string(value, budget);
  }

  private double number(Datum value) {
    if (!Values.isNumber(value)) {
      throw budget.failed("a number", Values.kind(value));
    }
    return Values.number(value);
  }

  private Datum method(Datum of, String name, Datum.Arguments given) {
    Datum.Function method = methods.of(of, name);
    if (method == null) {
      throw budget.failed("a string", Values.kind(of));
    }
    return method.call(given);
  }

  private Datum escaped(String text) {
    budget.make(5L * text.length());
    return Datum.of(
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("'", "&#39;")
            .replace("\"", "&#34;"));
  }

  private long length(Datum of) {
    return of instanceof Datum.Text text
        ? text.value().codePointCount(0, text.value().length())
        : Values.elements(of, budget).size();
  }

  private Datum json(Datum of, Datum.Arguments given) {
    Datum indent = given.get(1, "indent");
    boolean lines = indent instanceof Datum.Whole;
    String item = lines ? "," : ", ";
    String key = ": ";
    if (given.get(2, "separators") instanceof Datum.Items separators
        && separators.values().size() == 2) {
      item = string(separators.values().get(0));
      key = string(separators.values().get(1));
    }
    Datum value = Values.truth(given.get(3, "sort_keys")) ? sortedKeys(of) : of;
    long level = lines ? Math.clamp(Values.whole(indent, budget), 0, 64) : -1;
    var out = new StringBuilder();
    Literals.json(
        value,
        new Literals.Json((int) level, Values.truth(given.get(0, "ensure_ascii")), item, key),
        0,
        out,
        budget);
    return Datum.of(budget.made(out.toString()));
  }

  private Datum sortedKeys(Datum of) {
    budget.step(1);
    return switch (of) {
      case Datum.Table table -> {
        Map<Datum, Datum> sorted = new LinkedHashMap<>();
        table.entries().entrySet().stream()
            .sorted(Map.Entry.comparingByKey(this::order))
            .forEach(entry -> sorted.put(entry.getKey(), sortedKeys(entry.getValue())));
        yield new Datum.Table(sorted);
      }
      case Datum.Items items ->
          new Datum.Items(items.values().stream().map(this::sortedKeys).toList(), items.tuple());
      default -> of;
    };
  }

  private int order(Datum left, Datum right) {
    budget.step(1);
    return Values.order(left, right, budget);
  }

  /// Upper and lower case alike, as Jinja sorts.
  private Datum folded(Datum value) {
    return value instanceof Datum.Text text
        ? Datum.of(text.value().toLowerCase(Locale.ROOT))
        : value;
  }

  private Datum end(Datum of, boolean first) {
    List<Datum> values = Values.elements(of, budget);
    return values.isEmpty()
        ? new Datum.Undefined("element")
        : first ? values.getFirst() : values.getLast();
  }

  private Datum join(Datum of, Datum.Arguments given) {
    String between = given.has(0, "d") ? Values.text(given.get(0, "d"), budget) : "";
    var text = new StringBuilder();
    boolean first = true;
    for (Datum value : Values.elements(of, budget)) {
      Datum part =
          given.has(1, "attribute") ? path(value, string(given.get(1, "attribute"))) : value;
      text.append(first ? "" : budget.made(between)).append(Values.text(part, budget));
      first = false;
    }
    return Datum.of(budget.made(text.toString()));
  }

  private Datum reversed(Datum of) {
    if (of instanceof Datum.Text text) {
      return Datum.of(budget.made(new StringBuilder(text.value()).reverse().toString()));
    }
    return Datum.Items.list(Values.elements(of, budget).reversed());
  }

  private Datum dictionary(Datum of, Datum.Arguments given) {
    if (!(of instanceof Datum.Table table)) {
      throw budget.failed("a dictionary", Values.kind(of));
    }
    boolean byValue = given.get(1, "by") instanceof Datum.Text by && by.value().equals("value");
    boolean exact = Values.truth(given.get(0, "case_sensitive"));
    Comparator<Datum> order =
        (a, b) -> {
          Datum left = ((Datum.Items) a).values().get(byValue ? 1 : 0);
          Datum right = ((Datum.Items) b).values().get(byValue ? 1 : 0);
          return exact ? order(left, right) : order(folded(left), folded(right));
        };
    return Datum.Items.list(
        table.pairs().values().stream()
            .sorted(Values.truth(given.get(2, "reverse")) ? order.reversed() : order)
            .toList());
  }

  private Datum sorted(Datum of, Datum.Arguments given) {
    boolean exact = Values.truth(given.get(1, "case_sensitive"));
    Comparator<Datum> order =
        (a, b) -> {
          Datum left = given.has(2, "attribute") ? path(a, string(given.get(2, "attribute"))) : a;
          Datum right = given.has(2, "attribute") ? path(b, string(given.get(2, "attribute"))) : b;
          return exact ? order(left, right) : order(folded(left), folded(right));
        };
    return Datum.Items.list(
        Values.elements(of, budget).stream()
            .sorted(Values.truth(given.get(0, "reverse")) ? order.reversed() : order)
            .toList());
  }

  private Datum unique(Datum of) {
    Map<Datum, Datum> seen = new LinkedHashMap<>();
    Values.elements(of, budget).forEach(value -> seen.putIfAbsent(key(folded(value)), value));
    return Datum.Items.list(List.copyOf(seen.values()));
  }

  private Datum key(Datum value) {
    if (!Values.isKey(value)) {
      throw budget.failed("values that can be told apart", Values.kind(value));
    }
    return value;
  }

  private Datum mapped(Datum of, Datum.Arguments given) {
    List<Datum> results = new ArrayList<>();
    for (Datum value : Values.elements(of, budget)) {
      if (given.positional().isEmpty()) {
        Datum attribute = path(value, string(given.get(0, "attribute")));
        results.add(
            attribute instanceof Datum.Undefined && given.named().containsKey("default")
                ? given.get(1, "default")
                : attribute);
      } else {
        results.add(
            apply(
                value,
                string(given.get(0, "filter")),
                new Datum.Arguments(
                    given.positional().subList(1, given.positional().size()), given.named())));
      }
    }
    return Datum.Items.list(results);
  }

  private boolean tested(Datum value, Datum.Arguments given, int from) {
    if (given.positional().size() <= from) {
      return Values.truth(value);
    }
    return Tests.holds(
        value,
        string(given.positional().get(from)),
        new Datum.Arguments(
            given.positional().subList(from + 1, given.positional().size()), given.named()),
        budget);
  }

  /// An attribute of an attribute: `function.name`.
  private Datum path(Datum of, String path) {
    Datum value = of;
    for (String name : path.split("\\.", -1)) {
      budget.step(1);
      value = attributes.get(value, name);
    }
    return value;
  }

  private Datum whole(Datum of, Datum.Arguments given) {
    if (Values.isNumber(of)) {
      return of instanceof Datum.Real real
          ? new Datum.Whole((long) real.value())
          : new Datum.Whole(Values.whole(of, budget));
    }
    if (of instanceof Datum.Text text) {
      String number = text.value().strip();
      if (number.matches("[+-]?\\d{1,18}")) {
        return new Datum.Whole(Long.parseLong(number));
      }
      if (number.matches("[+-]?\\d{1,18}\\.\\d{0,18}")) {
        return new Datum.Whole((long) Double.parseDouble(number));
      }
    }
    return given.has(0, "default") ? given.get(0, "default") : new Datum.Whole(0);
  }

  private Datum real(Datum of, Datum.Arguments given) {
    if (Values.isNumber(of)) {
      return new Datum.Real(Values.number(of));
    }
    if (of instanceof Datum.Text text
        && text.value()
            .strip()
            .matches("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?")) {
      return new Datum.Real(Double.parseDouble(text.value().strip()));
    }
    return given.has(0, "default") ? given.get(0, "default") : new Datum.Real(0);
  }

  private Datum rounded(Datum of, Datum.Arguments given) {
    long digits = given.has(0, "precision") ? Values.whole(given.get(0, "precision"), budget) : 0;
    double scale = Math.pow(10, Math.clamp(digits, -15, 15));
    String method = given.has(1, "method") ? string(given.get(1, "method")) : "common";
    double scaled = number(of) * scale;
    return new Datum.Real(
        switch (method) {
              case "ceil" -> Math.ceil(scaled);
              case "floor" -> Math.floor(scaled);
              default -> Math.rint(scaled);
            }
            / scale);
  }

  private Datum extreme(Datum of, int sign) {
    return Values.elements(of, budget).stream()
        .max((a, b) -> sign * order(folded(a), folded(b)))
        .orElse(new Datum.Undefined("element"));
  }

  private Datum indented(String text, Datum.Arguments given) {
    Datum width = given.get(0, "width");
    String indent =
        width instanceof Datum.Text blanks
            ? blanks.value()
            : " "
                .repeat(width instanceof Datum.Whole whole ? Math.clamp(whole.value(), 0, 200) : 4);
    boolean first = Values.truth(given.get(1, "first"));
    boolean blank = Values.truth(given.get(2, "blank"));
    List<String> lines = Texts.lines(text, /* keepEnds= */ false);
    var out = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      budget.make((long) indent.length() + lines.get(i).length());
      boolean wanted = i == 0 ? first : blank || !lines.get(i).isEmpty();
      out.append(i == 0 ? "" : "\n").append(wanted ? indent : "").append(lines.get(i));
    }
    return Datum.of(text.endsWith("\n") ? out.append('\n').toString() : out.toString());
  }
}
