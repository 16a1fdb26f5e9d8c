package io.lexiscope.model.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of a template: Python's, as far as templates use them.
sealed interface Datum {

  /// A name or attribute that does not exist: prints as nothing, is false, has no elements.
  record Undefined(String name) implements Datum {}

  /// `none`.
  record None() implements Datum {}

  /// `true` and `false`.
  record Flag(boolean value) implements Datum {}

  /// A whole number.
  record Whole(long value) implements Datum {}

  /// A float.
  record Real(double value) implements Datum {}

  /// A string.
  record Text(String value) implements Datum {}

  /// A list, or a tuple.
  record Items(List<Datum> values, boolean tuple) implements Datum {
    public Items {
      values = List.copyOf(values);
    }

    static Items list(List<Datum> values) {
      return new Items(values, /* tuple= */ false);
    }

    static Items pair(Datum first, Datum second) {
      return new Items(List.of(first, second), /* tuple= */ true);
    }
  }

  /// A dictionary, in the order of its making.
  record Table(Map<Datum, Datum> entries) implements Datum {
    public Table {
      entries = Collections.unmodifiableMap(entries);
    }

    static Table of(Map<String, Datum> entries) {
      Map<Datum, Datum> table = new LinkedHashMap<>();
      entries.forEach((key, value) -> table.put(new Text(key), value));
      return new Table(table);
    }

    Items pairs() {
      List<Datum> pairs = new ArrayList<>();
      entries.forEach((key, value) -> pairs.add(Items.pair(key, value)));
      return Items.list(pairs);
    }
  }

  /// A `namespace`: the one thing that can be changed. Two are never the same.
  final class Space implements Datum {
    private final Map<String, Datum> values;

    Space(Map<String, Datum> values) {
      this.values = new LinkedHashMap<>(values);
    }

    Map<String, Datum> values() {
      return values;
    }
  }

  /// A macro, a function of the template's world, or a method of a value. Two are never the same.
  final class Function implements Datum {
    private final String name;
    private final Body body;

    Function(String name, Body body) {
      this.name = name;
      this.body = body;
    }

    String name() {
      return name;
    }

    Datum call(Arguments arguments) {
      return body.call(arguments);
    }
  }

  /// What a function does.
  interface Body {
    Datum call(Arguments arguments);
  }

  /// What a function is given.
  record Arguments(List<Datum> positional, Map<String, Datum> named) {
    static final Arguments NOTHING = new Arguments(List.of(), Map.of());

    /// An argument by place or name; undefined where it is not given.
    Datum get(int place, String name) {
      if (place < positional.size()) {
        return positional.get(place);
      }
      Datum value = named.get(name);
      return value == null ? new Undefined(name) : value;
    }

    boolean has(int place, String name) {
      return !(get(place, name) instanceof Undefined);
    }
  }

  static Datum of(boolean value) {
    return new Flag(value);
  }

  static Datum of(String value) {
    return new Text(value);
  }
}
