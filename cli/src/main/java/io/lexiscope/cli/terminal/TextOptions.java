package io.lexiscope.cli.terminal;

import io.lexiscope.workbench.ask.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What the model reads.
public final class TextOptions {
  @Parameters(arity = "0..1", paramLabel = "TEXT", description = "the prompt")
  private @Nullable String text;

  @Option(
      names = "--tokens",
      paramLabel = "IDS",
      description = "exactly these token ids, such as 1,2,3; nothing is added")
  private @Nullable String tokens;

  @Option(names = "--chat", description = "wrap the text in the model's chat template")
  private boolean chat;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "what the model is told to be, with --chat")
  private @Nullable String system;

  public Prompt prompt() {
    return prompt(/* file= */ null);
  }

  /// The prompt, of which exactly one form must be given.
  ///
  /// @param file a file whose text counts as a form, or null
  public Prompt prompt(@Nullable Path file) {
    int forms = (text == null ? 0 : 1) + (tokens == null ? 0 : 1) + (file == null ? 0 : 1);
    if (forms != 1) {
      throw new UsageException(
          "prompt: expected one of TEXT and --tokens, got "
              + (forms == 0 ? "neither" : "more than one"));
    }
    if (text != null && text.isEmpty()) {
      throw new UsageException("prompt: expected some text, got none; type a prompt");
    }
    if (tokens != null && chat) {
      throw new UsageException("--chat: expected a text to wrap, got --tokens; leave one out");
    }
    if (system != null && !chat) {
      throw new UsageException("--system: expected --chat with it, got it alone; add --chat");
    }
    if (tokens != null) {
      return Prompt.tokens(ids(tokens));
    }
    Prompt plain = Prompt.text(file == null ? String.valueOf(text) : PromptOptions.read(file));
    return chat ? plain.inChat(system) : plain;
  }

  private static List<Integer> ids(String list) {
    List<Integer> ids = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      try {
        ids.add(Integer.parseInt(part.strip()));
      } catch (NumberFormatException notANumber) {
        throw new UsageException(
            "--tokens: expected whole numbers separated by commas, got '" + part.strip() + "'");
      }
    }
    return ids;
  }
}
