package io.lexiscope.train.microworld;

import java.util.Map;

/// Fills `{name}` slots of a text.
final class Slots {
  private Slots() {}

  static String fill(String template, Map<String, String> values) {
    var text = new StringBuilder();
    int from = 0;
    for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
      int close = template.indexOf('}', open);
      String slot = close < 0 ? "" : template.substring(open + 1, close);
      String value = values.get(slot);
      if (value == null) {
        throw new IllegalStateException(
            "fillSlots: expected one of %s, got {%s} in '%s'"
                .formatted(values.keySet(), slot, template));
      }
      text.append(template, from, open).append(value);
      from = close + 1;
    }
    return text.append(template, from, template.length()).toString();
  }
}
