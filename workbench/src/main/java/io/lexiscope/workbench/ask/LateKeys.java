package io.lexiscope.workbench.ask;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How a layer that earlier positions skipped gets the keys and values that a later one needs.
public enum LateKeys {
  /// The skipped layers run for them, together, when the first position goes that deep: keys and
  /// values are those of the whole network.
  EXACT,
  /// The stream they left with is taken for what enters the skipped layers: cheaper, approximate.
  COPIED;

  /// The name in JSON and on the command line.
  @JsonValue
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
