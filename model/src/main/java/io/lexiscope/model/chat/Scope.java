package io.lexiscope.model.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Variables: what is set inside a loop or a macro is not seen outside.
final class Scope {
  private final @Nullable Scope outer;
  private final Map<String, Datum> values = new HashMap<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  void set(String name, Datum value) {
    values.put(name, value);
  }

  Datum get(String name) {
    for (@Nullable Scope scope = this; scope != null; scope = scope.outer) {
      Datum value = scope.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Datum.Undefined(name);
  }
}
