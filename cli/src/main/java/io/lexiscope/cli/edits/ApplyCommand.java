package io.lexiscope.cli.edits;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.ModelOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.PatchSpec;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.edits.ApplyForm;
import io.lexiscope.workbench.edits.ApplyRequest;
import io.lexiscope.workbench.edits.ApplyResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `apply`: an edited model on the disk.
@Command(
    name = "apply",
    description = "Writes a model with patches: a Hugging Face folder, or a PEFT adapter.")
public final class ApplyCommand extends WorkbenchCommand<ApplyResult> {
  @Option(
      names = {"-p", "--patch"},
      split = ",",
      paramLabel = "FILE",
      description = "files of patches, in their order")
  private @Nullable List<Path> patches;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "folder to write")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String folder;

  @Option(names = "--as", paramLabel = "FORM", description = "folder (default) or peft")
  private @Nullable ApplyForm form;

  public ApplyCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ApplyResult> request() {
    ModelChoice choice = model.choice();
    List<PatchSpec> all = new ArrayList<>();
    if (choice.patches() != null) {
      all.addAll(choice.patches());
    }
    if (patches != null) {
      all.addAll(ModelOptions.read(patches));
    }
    if (all.isEmpty()) {
      throw new UsageException("apply: expected files of patches, got none; name them with -p");
    }
    return new ApplyRequest(
        new ModelChoice(choice.model(), choice.dtype(), choice.device(), all), folder, form);
  }

  @Override
  protected String text(ApplyResult result, int columns) {
    return String.join("\n", result.written()) + "\n" + String.join("\n", result.notes());
  }
}
