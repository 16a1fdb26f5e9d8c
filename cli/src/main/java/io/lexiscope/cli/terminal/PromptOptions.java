package io.lexiscope.cli.terminal;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.PlainText;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.Prompt;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/// What the model reads, and what is changed while it does.
public final class PromptOptions {
  @Mixin private final TextOptions text = new TextOptions();

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  public Prompt prompt() {
    return text.prompt();
  }

  /// The prompt, of which exactly one form must be given.
  ///
  /// @param file a file whose text counts as a form, or null
  public Prompt prompt(@Nullable Path file) {
    return text.prompt(file);
  }

  public @Nullable List<InterventionSpec> interventions() {
    return interventions.specs();
  }

  public static String read(Path file) {
    try {
      return PlainText.read(file);
    } catch (MalformedInputException notText) {
      throw new UsageException("read: expected text in UTF-8, got other bytes in " + file);
    } catch (IOException unreadable) {
      throw new UsageException(
          "read: expected a readable file, got "
              + OneLine.of(unreadable)
              + " at "
              + file
              + "; give a file");
    }
  }
}
