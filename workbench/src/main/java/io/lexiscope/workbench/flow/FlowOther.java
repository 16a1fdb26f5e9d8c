package io.lexiscope.workbench.flow;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.Prompt;
import org.jspecify.annotations.Nullable;

/// The run that a graph is held against: another prompt of as many tokens, or the same without what
/// changes the model.
///
/// @param prompt what it reads; the prompt of the graph when absent
/// @param plain whether edits and interventions are left out; they are in force when absent
public record FlowOther(@JsonUnwrapped Prompt prompt, @Nullable Boolean plain) {
  boolean samePrompt() {
    return prompt.text() == null && prompt.tokens() == null;
  }

  boolean withoutChanges() {
    return Boolean.TRUE.equals(plain);
  }
}
