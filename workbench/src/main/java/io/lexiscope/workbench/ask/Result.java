package io.lexiscope.workbench.ask;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// What the result of every verb says of itself, beside its own fields.
public interface Result {
  /// The version of the form of results that is written now.
  int SCHEMA_VERSION = 1;

  /// What it carries on its prompt; null where it is not one on a prompt.
  default @Nullable ResultHeader header() {
    return null;
  }

  /// Where it comes from; null where no model was asked.
  default @Nullable Provenance provenance() {
    ResultHeader header = header();
    return header == null ? null : header.provenance();
  }

  /// The version of the form of results; it grows when a name or the meaning of one changes.
  @JsonProperty(value = "schemaVersion", access = JsonProperty.Access.READ_ONLY)
  default int schemaVersion() {
    return SCHEMA_VERSION;
  }

  /// What the result does not capture, in one sentence.
  @JsonProperty(value = "method", access = JsonProperty.Access.READ_ONLY)
  String method();
}
