package io.lexiscope.workbench.train;

import io.lexiscope.train.Training;
import io.lexiscope.train.TrainingListener;
import io.lexiscope.train.TrainingProgress;
import io.lexiscope.train.TrainingResult;
import io.lexiscope.train.recipe.Recipe;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/// Trains a model by a recipe. Cancelling writes a checkpoint from which the run can be resumed.
public final class TrainUseCase implements UseCase<TrainRequest, TrainResult> {
  /// The verb `train`.
  public static Feature<TrainRequest, TrainResult> feature() {
    return new Feature<>(
            Verb.writes("train", "A model trained by a recipe.").in(Lane.LONG),
            TrainRequest.class,
            new TrainUseCase())
        .lasting(new Lasting.Resumable<>(TrainRequest::recipe, TrainUseCase::goingOn));
  }

  @Override
  public TrainResult answer(TrainRequest request, Work work) {
    Recipe named = Recipes.load(request.recipe());
    Integer steps = request.steps();
    if (steps != null && steps < 1) {
      throw WorkbenchException.misuse("steps", "train: expected 1 or more steps, got " + steps);
    }
    Recipe recipe = steps == null ? named : named.withSteps(steps);
    double[] loss = {Double.NaN};
    TrainingResult result =
        Training.run(
            recipe,
            folder(request.output()),
            Boolean.TRUE.equals(request.resume()),
            new TrainingListener() {
              @Override
              public boolean progress(TrainingProgress progress) {
                loss[0] = progress.loss();
                return report(work, progress);
              }

              @Override
              public boolean goesOn() {
                try {
                  work.checkCancelled();
                  return true;
                } catch (WorkbenchException cancelled) {
                  return false;
                }
              }
            });
    work.checkCancelled();
    return new TrainResult(
        recipe.about().name(),
        result.step(),
        loss[0],
        result.finished(),
        result.seconds(),
        result.folder().toString(),
        Metrics.views(result.metrics()));
  }

  private static boolean report(Work work, TrainingProgress progress) {
    try {
      work.progress(
          progress.step(),
          progress.steps(),
          String.format(
              Locale.ROOT,
              "steps, loss %.4f, %,.0f tokens/s",
              progress.loss(),
              progress.pace().tokensPerSecond()));
      return true;
    } catch (WorkbenchException cancelled) {
      return false;
    }
  }

  /// A run that ended before its first checkpoint begins anew.
  private static TrainRequest goingOn(TrainRequest request) {
    return Training.canResume(folder(request.output())) ? request.resumed() : request;
  }

  private static Path folder(String output) {
    try {
      if (!output.isBlank()) {
        return Path.of(output);
      }
    } catch (InvalidPathException notAPath) {
      throw new WorkbenchException(
          ProblemKind.INVALID,
          "train: expected the name of a folder, got " + output,
          "output",
          notAPath);
    }
    throw WorkbenchException.misuse("output", "train: expected a folder, got an empty name");
  }
}
