package io.lexiscope.workbench.train;

import io.lexiscope.model.forward.Compute;
import io.lexiscope.model.weights.StoredType;
import io.lexiscope.train.random.KnownShapes;
import io.lexiscope.train.random.RandomModel;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// Writes a model with random weights.
public final class NewUseCase implements UseCase<NewRequest, NewResult> {
  /// The verb `new`.
  public static Feature<NewRequest, NewResult> feature() {
    return new Feature<>(
        Verb.writes("new", "A model with random weights.").in(Lane.LONG),
        NewRequest.class,
        new NewUseCase());
  }

  @Override
  public NewResult answer(NewRequest request, Work work) {
    var compute = Compute.named(request.dtype(), /* device= */ null);
    var type = compute.reduced() ? StoredType.BF16 : StoredType.F32;
    var config = KnownShapes.named(request.like(), compute.typeName());
    var folder = folder(request.output());
    var seed = request.seed() == null ? 0 : request.seed();
    var model = new RandomModel(config, type, seed);
    var parameters = model.parameters();
    model.write(folder, drawn -> work.progress(drawn, parameters, "weights"));
    try {
      return new NewResult(
          folder.toString(),
          config.architecture().family(),
          parameters,
          Files.size(folder.resolve("model.safetensors")),
          seed,
          compute.typeName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String output) {
    try {
      if (!output.isBlank()) {
        return Path.of(output);
      }
    } catch (InvalidPathException notAPath) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "new: expected the name of a folder, got " + output,
          "output",
          notAPath);
    }
    throw WorkbenchException.misuse("output", "new: expected a folder, got an empty name");
  }
}
