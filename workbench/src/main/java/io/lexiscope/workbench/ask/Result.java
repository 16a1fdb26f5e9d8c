package io.lexiscope.workbench.ask;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the result of every verb says of itself, beside its own fields.
public interface Result {
  /// The version of the form of results that is written now.
  int SCHEMA_VERSION = 1;

  /// The version of the form of results; it grows when a name or the meaning of one changes.
  @JsonProperty(value = "schemaVersion", access = JsonProperty.Access.READ_ONLY)
  default int schemaVersion() {
    return SCHEMA_VERSION;
  }

  /// What the result does not capture, in one sentence.
  @JsonProperty(value = "method", access = JsonProperty.Access.READ_ONLY)
  String method();
}
