package io.lexiscope.workbench.edits;

import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// What was written of an edited model.
///
/// @param model name of the model
/// @param written the files
/// @param as their form
/// @param patches how many were written
/// @param notes what to know before using them, in sentences
/// @param provenance where they come from
public record ApplyResult(
    String model,
    List<String> written,
    ApplyForm as,
    int patches,
    List<String> notes,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public ApplyResult {
    written = List.copyOf(written);
    notes = List.copyOf(notes);
  }

  @Override
  public String method() {
    return "Files that hold the edits; that another program reads them as this one does is not"
        + " tried here.";
  }
}
