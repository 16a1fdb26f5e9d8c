package io.lexiscope.cli.models;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.models.ModelEntry;
import io.lexiscope.workbench.models.ModelsRequest;
import io.lexiscope.workbench.models.ModelsResult;
import java.util.Locale;
import picocli.CommandLine.Command;

/// `models`: what can be opened by name.
@Command(name = "models", description = "The models at hand: bundled, and cached from the hub.")
public final class ModelsCommand extends WorkbenchCommand<ModelsResult> {
  public ModelsCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<ModelsResult> request() {
    return new ModelsRequest();
  }

  @Override
  protected String text(ModelsResult result, int columns) {
    if (result.models().isEmpty()) {
      return "no models: give a folder in Hugging Face layout with -m";
    }
    TextTable table =
        new TextTable("name", "source", "family", ">parameters", ">size", "path or problem");
    for (ModelEntry entry : result.models()) {
      Long parameters = entry.parameters();
      Long bytes = entry.bytes();
      String problem = entry.problem();
      table.row(
          entry.name() + (entry.name().equals(result.defaultModel()) ? " (default)" : ""),
          entry.source().name().toLowerCase(Locale.ROOT),
          entry.family() == null ? "" : entry.family(),
          parameters == null ? "" : Text.count(parameters),
          bytes == null ? "" : Text.bytes(bytes),
          problem == null ? entry.path() : problem);
    }
    return table.toString();
  }
}
