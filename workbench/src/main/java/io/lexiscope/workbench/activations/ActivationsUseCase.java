package io.lexiscope.workbench.activations;

import io.lexiscope.analysis.activations.ActivationFile;
import io.lexiscope.analysis.activations.WrittenTensor;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.Prompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Writes activations into a file.
public final class ActivationsUseCase implements UseCase<ActivationsRequest, ActivationsResult> {
  private final ModelShelf shelf;

  private ActivationsUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `activations`.
  public static Feature<ActivationsRequest, ActivationsResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.writes("activations", "Activations in a file."),
        ActivationsRequest.class,
        new ActivationsUseCase(shelf),
        result -> List.of(ResultFile.written(Path.of(result.output()))));
  }

  @Override
  public ActivationsResult answer(ActivationsRequest request, Work work) {
    var target = target(request.output());
    var names =
        request.at().stream()
            .flatMap(list -> Arrays.stream(list.split(",", -1)))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.isEmpty()) {
      throw WorkbenchException.invalid(
          "at", "activations: expected at least one hook point, got none; name some in at");
    }
    try (var open = shelf.use(request.choice())) {
      var ids = Prompts.idsWithinContext("activations", open.model(), request.prompt());
      var model = InterventionSpecs.apply(open, request.interventions(), work);
      var written = work.pass(() -> ActivationFile.write(model, ids, names, target));
      return new ActivationsResult(
          Prompts.header(open, ids, /* seed= */ null, notFinite(written)),
          written.stream().map(tensor -> new TensorShape(tensor.name(), tensor.shape())).toList(),
          target.toString(),
          size(target));
    }
  }

  private static Path target(String output) {
    try {
      var target = Path.of(output);
      var folder = target.toAbsolutePath().getParent();
      if (output.isBlank() || folder == null || !Files.isDirectory(folder)) {
        throw WorkbenchException.invalid(
            "output",
            "activations: expected a file in a folder that exists, got "
                + (output.isBlank() ? "an empty name" : output));
      }
      return target;
    } catch (InvalidPathException e) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "activations: expected the name of a file, got " + output,
          "output",
          e);
    }
  }

  private static List<NotFinite> notFinite(List<WrittenTensor> written) {
    return written.stream()
        .filter(tensor -> tensor.notFinite() > 0)
        .map(
            tensor ->
                new NotFinite(
                    tensor.name(), /* layer= */ null, /* position= */ null, tensor.notFinite()))
        .toList();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new WorkbenchException(
          ProblemKind.FAILED,
          "activations: expected to find the file written, got none at " + file,
          "output",
          e);
    }
  }
}
