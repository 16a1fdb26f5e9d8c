package io.lexiscope.cli;

import io.lexiscope.workbench.view.Request;
import io.lexiscope.workbench.view.TokenSpan;
import io.lexiscope.workbench.view.TokenizeRequest;
import io.lexiscope.workbench.view.TokenizeResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `tokenize`: the tokens of a text.
@Command(
    name = "tokenize",
    description = "The tokens of a text, with their ids and where they stand.")
final class TokenizeCommand extends WorkbenchCommand<TokenizeResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  TokenizeCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  Request<TokenizeResult> request() {
    return new TokenizeRequest(model.choice(), prompt.prompt());
  }

  @Override
  String text(TokenizeResult result, int columns) {
    TextTable table = new TextTable(">position", ">id", "token", ">start", ">end");
    int position = 0;
    for (TokenSpan token : result.tokens()) {
      table.row(position++, token.id(), Text.token(token.text()), token.start(), token.end());
    }
    return table.toString();
  }
}
