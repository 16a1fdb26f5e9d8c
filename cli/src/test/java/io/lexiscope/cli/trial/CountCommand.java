package io.lexiscope.cli.trial;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `count`: how many tokens a prompt has.
@Command(name = "count", description = "How many tokens a prompt has.")
public final class CountCommand extends WorkbenchCommand<CountResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  public CountCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<CountResult> request() {
    return new CountRequest(model.choice(), prompt.prompt());
  }

  @Override
  protected String text(CountResult result, int columns) {
    return result.tokens() + " tokens, " + result.different() + " different";
  }
}
