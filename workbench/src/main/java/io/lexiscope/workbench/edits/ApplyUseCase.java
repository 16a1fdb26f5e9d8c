package io.lexiscope.workbench.edits;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.export.EditedModelFolder;
import io.lexiscope.model.export.LoraAdapter;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Writes edited models.
public final class ApplyUseCase implements UseCase<ApplyRequest, ApplyResult> {
  private final ModelShelf shelf;

  private ApplyUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `apply`.
  public static Feature<ApplyRequest, ApplyResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.writes("apply", "An edited model on the disk, or an adapter of its edits.")
            .in(Lane.LONG),
        ApplyRequest.class,
        new ApplyUseCase(shelf));
  }

  @Override
  public ApplyResult answer(ApplyRequest request, Work work) {
    ApplyForm form = Objects.requireNonNullElse(request.as(), ApplyForm.FOLDER);
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = open.model();
      PatchStack patches = model.patches();
      if (patches.isEmpty()) {
        throw WorkbenchException.invalid(
            "patches", "apply: expected one patch or more, got none; name files of patches");
      }
      Path folder = Path.of(request.output());
      List<Path> written =
          work.pass(
              () ->
                  switch (form) {
                    case FOLDER -> EditedModelFolder.write(model, folder);
                    case PEFT -> LoraAdapter.write(model, patches, folder);
                  });
      return new ApplyResult(
          open.name(),
          written.stream().map(Path::toString).toList(),
          form,
          patches.patches().size(),
          notes(model, form, patches),
          open.provenance(/* seed= */ null));
    } catch (EditException impossible) {
      throw new WorkbenchException(
          ProblemKind.INVALID, String.valueOf(impossible.getMessage()), "output", impossible);
    } catch (InvalidPathException notAPath) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "apply: expected the name of a folder, got " + request.output() + "; choose another",
          "output",
          notAPath);
    }
  }

  private static List<String> notes(LanguageModel model, ApplyForm form, PatchStack patches) {
    List<String> notes = new ArrayList<>();
    if (form == ApplyForm.FOLDER) {
      notes.add(
          "type: edited matrices are written in float32, whatever they were stored in; all others as they lie");
    }
    String weights = model.checkpoint().contentHash();
    long others =
        patches.patches().stream()
            .map(patch -> patch.origin().model())
            .filter(made -> !made.isEmpty() && !made.equals(weights))
            .count();
    if (others > 0) {
      notes.add(
          "model: %d of the patches were made on another model, or on top of other patches"
              .formatted(others));
    }
    return notes;
  }
}
