package io.lexiscope.cli.activations;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.activations.ActivationsRequest;
import io.lexiscope.workbench.activations.ActivationsResult;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `activations`: writes what is at hook points into a safetensors file.
@Command(
    name = "activations",
    description = "Writes activations under their hook-point names, float32, with input_ids.")
public final class ActivationsCommand extends WorkbenchCommand<ActivationsResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Option(
      names = "--at",
      split = ",",
      required = true,
      paramLabel = "NAME",
      description =
          "hook points, such as blocks.*.hook_resid_post; logits, and pooled and outputs of encoders, are names too")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private List<String> at;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "the safetensors file to write")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String file;

  public ActivationsCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ActivationsResult> request() {
    return new ActivationsRequest(
        model.choice(), prompt.prompt(), at, file, prompt.interventions());
  }

  @Override
  protected String text(ActivationsResult result, int columns) {
    TextTable table = new TextTable("written", "shape");
    result.written().forEach(tensor -> table.row(tensor.name(), tensor.shape()));
    return table + "\n" + Text.bytes(result.bytes()) + " in " + result.output();
  }
}
