package io.lexiscope.cli;

import io.lexiscope.workbench.view.ModelEntry;
import io.lexiscope.workbench.view.ModelsRequest;
import io.lexiscope.workbench.view.ModelsResult;
import io.lexiscope.workbench.view.Request;
import java.util.Locale;
import picocli.CommandLine.Command;

/// `models`: what can be opened by name.
@Command(name = "models", description = "The models at hand: bundled, and cached from the hub.")
final class ModelsCommand extends WorkbenchCommand<ModelsResult> {
  ModelsCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  Request<ModelsResult> request() {
    return new ModelsRequest();
  }

  @Override
  String text(ModelsResult result, int columns) {
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
