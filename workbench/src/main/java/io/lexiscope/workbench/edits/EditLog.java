package io.lexiscope.workbench.edits;

import io.lexiscope.analysis.edit.CaseResult;
import io.lexiscope.analysis.edit.EditCase;
import io.lexiscope.analysis.edit.EditEvaluation;
import io.lexiscope.base.Digest;
import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps each case that was scored as a file, so that work which was interrupted goes on after it.
/// Cases of another request or another model are not taken for its own.
final class EditLog implements EditEvaluation.Log {
  private final @Nullable Path folder;

  private EditLog(@Nullable Path folder) {
    this.folder = folder;
  }

  /// The log of a request; one that keeps nothing where no folder is named.
  ///
  /// @throws WorkbenchException of kind `invalid` when the folder cannot be made
  static EditLog of(EvaluateEditsRequest request, String model) {
    String output = request.output();
    if (output == null) {
      return new EditLog(null);
    }
    String what =
        Digest.sha256()
            .add(
                String.join(
                    "\n",
                    model,
                    request.data(),
                    ViewJson.write(request.how()),
                    ViewJson.write(request.plan())))
            .hex();
    try {
      Path folder = Path.of(output).resolve(what.substring(0, 16));
      Files.createDirectories(folder);
      return new EditLog(folder);
    } catch (IOException | InvalidPathException failed) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "evaluate-edits: expected a folder to write to, got %s at %s; choose another"
              .formatted(OneLine.of(failed), output),
          "output",
          failed);
    }
  }

  private static String file(String id) {
    return Digest.sha256().add(id).hex().substring(0, 16) + ".json";
  }

  @Override
  public Optional<CaseResult> known(EditCase edit) {
    Path own = folder == null ? null : folder.resolve(file(edit.id()));
    if (own == null || !Files.isRegularFile(own)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ViewJson.read(Files.readString(own), CaseResult.class));
    } catch (IOException unreadable) {
      return Optional.empty(); // scored anew, and written anew
    }
  }

  @Override
  public void scored(CaseResult result) {
    if (folder == null) {
      return;
    }
    Path own = folder.resolve(file(result.id()));
    try {
      WholeFile.write(own, ViewJson.write(result) + "\n");
    } catch (IOException failed) {
      throw new WorkbenchException(
          ProblemKind.FAILED,
          "evaluate-edits: expected to write %s, got %s; make room and go on"
              .formatted(own, OneLine.of(failed)),
          "output",
          failed);
    }
  }
}
