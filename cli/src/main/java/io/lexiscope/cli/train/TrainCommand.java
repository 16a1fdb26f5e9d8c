package io.lexiscope.cli.train;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.train.TrainRequest;
import io.lexiscope.workbench.train.TrainResult;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `train`: trains a model by a recipe.
@Command(
    name = "train",
    description = "Trains a model by a bundled recipe or a recipe file, with checkpoints.")
public final class TrainCommand extends WorkbenchCommand<TrainResult> {
  @Parameters(paramLabel = "RECIPE", description = "name of a bundled recipe, or a JSON file")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String recipe;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "folder of the model")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String folder;

  @Option(names = "--resume", description = "go on from the last checkpoint in the folder")
  private boolean resume;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "another number of steps than the recipe's")
  private @Nullable Integer steps;

  public TrainCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<TrainResult> request() {
    return new TrainRequest(recipe, folder, resume, steps);
  }

  @Override
  protected Duration patience() {
    return Duration.ofMinutes(1);
  }

  @Override
  protected String stopped() {
    return "train: stopped, its checkpoint is in %s; go on with --resume".formatted(folder);
  }

  @Override
  protected String text(TrainResult result, int columns) {
    return String.format(
            Locale.ROOT,
            "%s: %,d steps in %.0f s, loss %.4f, in %s%n%s",
            result.recipe(),
            result.steps(),
            result.seconds(),
            result.loss(),
            result.output(),
            result.finished() ? "" : "unfinished: go on with --resume\n")
        + EvaluateCommand.table(result.metrics());
  }
}
