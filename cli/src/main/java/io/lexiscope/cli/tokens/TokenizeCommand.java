package io.lexiscope.cli.tokens;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextOptions;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.tokens.TokenSpan;
import io.lexiscope.workbench.tokens.TokenizeRequest;
import io.lexiscope.workbench.tokens.TokenizeResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tokenize`: the tokens of a text.
@Command(
    name = "tokenize",
    description = "The tokens of a text, with their ids and where they stand.")
public final class TokenizeCommand extends WorkbenchCommand<TokenizeResult> {
  @Mixin private final TextOptions prompt = new TextOptions();

  public TokenizeCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<TokenizeResult> request() {
    return new TokenizeRequest(model.choice(), prompt.prompt());
  }

  @Override
  protected String text(TokenizeResult result, int columns) {
    TextTable table = new TextTable(">position", ">id", "token", ">start", ">end");
    int position = 0;
    for (TokenSpan token : result.tokens()) {
      table.row(position++, token.id(), Text.token(token.text()), token.start(), token.end());
    }
    return table.toString();
  }
}
