package io.lexiscope.cli;

import io.lexiscope.workbench.view.ModelEntry;
import io.lexiscope.workbench.view.PullRequest;
import io.lexiscope.workbench.view.PullResult;
import io.lexiscope.workbench.view.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pull`: fetches a model.
@Command(
    name = "pull",
    description = {
      "Fetches a model from the Hugging Face hub into the cache that Python's tools use too. What has arrived is kept"
          + " when it is interrupted, and every file is checked.",
      "Heeds HF_ENDPOINT, HF_HUB_CACHE, HF_HOME, HF_TOKEN, HF_TOKEN_PATH and HF_HUB_OFFLINE."
    })
final class PullCommand extends WorkbenchCommand<PullResult> {
  @Parameters(paramLabel = "ID", description = "the model, such as org/name or org/name@revision")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String id;

  @Option(
      names = "--revision",
      paramLabel = "REVISION",
      description = "branch, tag or commit (default: main)")
  private @Nullable String revision;

  PullCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  Request<PullResult> request() {
    return new PullRequest(id, revision);
  }

  @Override
  String text(PullResult result, int columns) {
    TextTable table = new TextTable("file", ">size", ">downloaded", "");
    result
        .files()
        .forEach(
            file ->
                table.row(
                    file.name(),
                    Text.bytes(file.bytes()),
                    Text.bytes(file.downloadedBytes()),
                    file.checked() ? "" : "not checked, the hub gave no hash"));
    StringBuilder text = new StringBuilder(table.toString().stripTrailing());
    for (ModelEntry model : result.models()) {
      String problem = model.problem();
      text.append("\n\n")
          .append(model.name())
          .append(" is in ")
          .append(model.path())
          .append(problem == null ? "\nopen it with -m " + model.name() : "\n" + problem);
    }
    return text.toString();
  }
}
