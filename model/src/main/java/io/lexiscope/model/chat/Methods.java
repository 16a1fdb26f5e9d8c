package io.lexiscope.model.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The methods of Python's strings, dictionaries and lists that change nothing.
final class Methods {
  private final Budget budget;

  Methods(Budget budget) {
    this.budget = budget;
  }

  /// A method of a value, or null where it has none of that name.
  Datum.@Nullable Function of(Datum value, String name) {
    Datum.@Nullable Body body =
        switch (value) {
          case Datum.Text text -> text(text.value(), name);
          case Datum.Table table -> table(table, name);
          case Datum.Items items -> items(items, name);
          default -> null;
        };
    return body == null ? null : new Datum.Function(name, body);
  }

  private Datum.@Nullable Body text(String text, String name) {
    return switch (name) {
      case "strip" -> given -> stripped(text, given, /* left= */ true, /* right= */ true);
      case "lstrip" -> given -> stripped(text, given, /* left= */ true, /* right= */ false);
      case "rstrip" -> given -> stripped(text, given, /* left= */ false, /* right= */ true);
      case "upper" -> _ -> made(text.toUpperCase(Locale.ROOT));
      case "lower", "casefold" -> _ -> made(text.toLowerCase(Locale.ROOT));
      case "title" -> _ -> made(Texts.title(text));
      case "capitalize" -> _ -> made(Texts.capitalized(text));
      case "swapcase" -> _ -> made(Texts.swapped(text));
      case "startswith" ->
          given -> Datum.of(affix(given.get(0, "prefix"), text, /* front= */ true));
      case "endswith" -> given -> Datum.of(affix(given.get(0, "suffix"), text, /* front= */ false));
      case "removeprefix" ->
          given -> {
            String prefix = string(given.get(0, "prefix"));
            return made(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
          };
      case "removesuffix" ->
          given -> {
            String suffix = string(given.get(0, "suffix"));
            return made(
                text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
          };
      case "split" -> given -> split(text, given, /* fromRight= */ false);
      case "rsplit" -> given -> split(text, given, /* fromRight= */ true);
      case "splitlines" ->
          given -> texts(Texts.lines(text, Values.truth(given.get(0, "keepends"))));
      case "partition" -> given -> parted(text, string(given.get(0, "sep")), /* last= */ false);
      case "rpartition" -> given -> parted(text, string(given.get(0, "sep")), /* last= */ true);
      case "join" -> given -> joined(text, given.get(0, "iterable"));
      case "replace" ->
          given ->
              Datum.of(
                  Texts.replaced(
                      text,
                      string(given.get(0, "old")),
                      string(given.get(1, "new")),
                      given.has(2, "count") ? whole(given.get(2, "count")) : -1,
                      budget));
      case "find" -> given -> found(text.indexOf(searched(text, given)), text);
      case "rfind" -> given -> found(text.lastIndexOf(searched(text, given)), text);
      case "index" ->
          given -> {
            int at = text.indexOf(searched(text, given));
            if (at < 0) {
              throw budget.failed("a string that holds what is looked for", "one without it");
            }
            return found(at, text);
          };
      case "count" -> given -> new Datum.Whole(Texts.occurrences(text, searched(text, given)));
      case "format" -> given -> Formats.braces(text, given, budget);
      case "zfill" ->
          given -> {
            long width = whole(given.get(0, "width"));
            budget.make(Math.max(0, width));
            return Datum.of("0".repeat((int) Math.max(0, width - text.length())) + text);
          };
      case "isdigit", "isdecimal", "isnumeric" -> _ -> every(text, Character::isDigit);
      case "isalpha" -> _ -> every(text, Character::isLetter);
      case "isalnum" -> _ -> every(text, Character::isLetterOrDigit);
      case "isspace" -> _ -> every(text, Texts::isSpace);
      case "isupper" ->
          _ ->
              Datum.of(
                  text.equals(text.toUpperCase(Locale.ROOT))
                      && !text.equals(text.toLowerCase(Locale.ROOT)));
      case "islower" ->
          _ ->
              Datum.of(
                  text.equals(text.toLowerCase(Locale.ROOT))
                      && !text.equals(text.toUpperCase(Locale.ROOT)));
      default -> null;
    };
  }

  private Datum.@Nullable Body table(Datum.Table table, String name) {
    Map<Datum, Datum> entries = table.entries();
    return switch (name) {
      case "items" ->
          _ -> {
            budget.make(entries.size());
            return table.pairs();
          };
      case "keys" -> _ -> Datum.Items.list(List.copyOf(entries.keySet()));
      case "values" -> _ -> Datum.Items.list(List.copyOf(entries.values()));
      case "copy" -> _ -> table;
      case "get" ->
          given -> {
            @Nullable Datum value = Values.entry(table, given.get(0, "key"));
            return value != null
                ? value
                : given.has(1, "default") ? given.get(1, "default") : new Datum.None();
          };
      case "update", "pop", "popitem", "setdefault", "clear" -> _ -> unchanged();
      default -> null;
    };
  }

  private Datum.@Nullable Body items(Datum.Items items, String name) {
    List<Datum> values = items.values();
    return switch (name) {
      case "index" ->
          given -> {
            for (int i = 0; i < values.size(); i++) {
              budget.step(1);
              if (Values.equal(values.get(i), given.get(0, "value"), budget)) {
                return new Datum.Whole(i);
              }
            }
            throw budget.failed("a list that holds what is looked for", "one without it");
          };
      case "count" ->
          given -> {
            budget.step(1 + values.size());
            return new Datum.Whole(
                values.stream()
                    .filter(value -> Values.equal(value, given.get(0, "value"), budget))
                    .count());
          };
      case "copy" -> _ -> items;
      case "append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse" ->
          items.tuple() ? null : _ -> unchanged();
      default -> null;
    };
  }

  private Datum unchanged() {
    throw budget.failed("values that stay as they are", "a change of a list or dictionary");
  }

  private Datum made(String text) {
    return Datum.of(budget.made(text));
  }

  private String string(Datum value) {
    return Values.string(value, budget);
  }

  private long whole(Datum value) {
    return Values.whole(value, budget);
  }

  private String searched(String text, Datum.Arguments given) {
    String wanted = string(given.get(0, "sub"));
    budget.search(text.length(), wanted.length());
    return wanted;
  }

  private static Datum found(int at, String text) {
    return new Datum.Whole(at < 0 ? -1 : text.codePointCount(0, at));
  }

  private Datum every(String text, java.util.function.IntPredicate test) {
    budget.step(1 + text.length() / 64);
    return Datum.of(!text.isEmpty() && text.codePoints().allMatch(test));
  }

  private Datum stripped(String text, Datum.Arguments given, boolean left, boolean right) {
    Datum chars = given.get(0, "chars");
    boolean blanks = chars instanceof Datum.Undefined || chars instanceof Datum.None;
    String wanted = blanks ? "" : string(chars);
    budget.search(text.length(), wanted.length());
    return made(
        Texts.stripped(text, c -> blanks ? Texts.isSpace(c) : wanted.indexOf(c) >= 0, left, right));
  }

  private boolean affix(Datum wanted, String text, boolean front) {
    if (wanted instanceof Datum.Items some) {
      return some.values().stream().anyMatch(one -> affix(one, text, front));
    }
    String part = string(wanted);
    budget.step(1 + part.length() / 64);
    return front ? text.startsWith(part) : text.endsWith(part);
  }

  private Datum split(String text, Datum.Arguments given, boolean fromRight) {
    Datum by = given.get(0, "sep");
    long most = given.has(1, "maxsplit") ? whole(given.get(1, "maxsplit")) : -1;
    budget.step(1 + text.length() / 16);
    if (by instanceof Datum.Undefined || by instanceof Datum.None) {
      return texts(Texts.words(text, most, fromRight));
    }
    String separator = string(by);
    if (separator.isEmpty()) {
      throw budget.failed("a separator", "an empty string");
    }
    budget.search(text.length(), separator.length());
    return texts(Texts.split(text, separator, most, fromRight));
  }

  private Datum parted(String text, String separator, boolean last) {
    budget.search(text.length(), separator.length());
    int at = last ? text.lastIndexOf(separator) : text.indexOf(separator);
    List<Datum> parts =
        at < 0
            ? last
                ? List.of(Datum.of(""), Datum.of(""), Datum.of(text))
                : List.of(Datum.of(text), Datum.of(""), Datum.of(""))
            : List.of(
                Datum.of(text.substring(0, at)),
                Datum.of(separator),
                Datum.of(text.substring(at + separator.length())));
    budget.make(text.length());
    return new Datum.Items(parts, /* tuple= */ true);
  }

  private Datum joined(String between, Datum parts) {
    var text = new StringBuilder();
    boolean first = true;
    for (Datum part : Values.elements(parts, budget)) {
      String next = string(part);
      budget.make((long) next.length() + between.length());
      text.append(first ? "" : between).append(next);
      first = false;
    }
    return Datum.of(text.toString());
  }

  private Datum texts(List<String> parts) {
    List<Datum> all = new ArrayList<>();
    for (String part : parts) {
      budget.make(part.length() + 1L);
      all.add(Datum.of(part));
    }
    return Datum.Items.list(all);
  }
}
