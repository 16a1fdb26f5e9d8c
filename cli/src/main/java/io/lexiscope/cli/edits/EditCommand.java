package io.lexiscope.cli.edits;

import io.lexiscope.base.OneLine;
import io.lexiscope.base.WholeFile;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextOptions;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.edits.BlastPrompt;
import io.lexiscope.workbench.edits.BlastView;
import io.lexiscope.workbench.edits.EditCandidate;
import io.lexiscope.workbench.edits.EditProbe;
import io.lexiscope.workbench.edits.EditRequest;
import io.lexiscope.workbench.edits.EditResult;
import io.lexiscope.workbench.edits.EditState;
import io.lexiscope.workbench.edits.EditWish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `edit`: patches after which the model says something else.
@Command(
    name = "edit",
    description = "Makes the model say something else after a prompt, by patches of low rank.")
public final class EditCommand extends WorkbenchCommand<EditResult> {
  private static final int WORST = 10;

  @Mixin private final TextOptions prompt = new TextOptions();

  @Option(
      names = "--target",
      required = true,
      paramLabel = "TEXT",
      description = "what should follow, with its leading space")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private String target;

  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description = "what the prompt is about, a part of it (default: its last token)")
  private @Nullable String subject;

  @Mixin private final EditOptions how = new EditOptions();

  @Option(
      names = "--paraphrase",
      paramLabel = "TEXT",
      description = "another prompt that should get the target; may be repeated")
  private @Nullable List<String> paraphrases;

  @Option(
      names = "--neighbour",
      paramLabel = "TEXT",
      description = "a prompt that should keep its answer; may be repeated")
  private @Nullable List<String> neighbours;

  @Option(
      names = "--blast",
      paramLabel = "FILE",
      description = "prompts (JSON lines): how far the edit reaches into them")
  private @Nullable String blast;

  @Option(
      names = "--verify",
      paramLabel = "K",
      description = "run the K worst of them for real (default: 100)")
  private @Nullable Integer verify;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write the patches to a file")
  private @Nullable Path file;

  public EditCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<EditResult> request() {
    return new EditRequest(
        model.choice(),
        prompt.prompt(),
        new EditWish(target, subject, paraphrases, neighbours, blast, verify),
        how.how());
  }

  @Override
  protected void done(EditResult result) {
    if (file == null) {
      return;
    }
    try {
      WholeFile.write(file, ViewJson.write(result.patch()) + "\n");
    } catch (IOException failed) {
      throw new UsageException(
          "edit: expected a file to write, got %s at %s; choose another"
              .formatted(OneLine.of(failed), file));
    }
  }

  @Override
  protected String text(EditResult result, int columns) {
    StringBuilder text = new StringBuilder();
    if (result.candidates() != null) {
      TextTable table = new TextTable(">layer", ">step", "said", ">perplexity");
      for (EditCandidate one : result.candidates()) {
        table.row(
            one.layer(),
            one.step() == null ? "" : Text.small(one.step()),
            one.success() ? "yes" : "no",
            String.format(Locale.ROOT, "%+.1f %%", 100 * one.damage()));
      }
      text.append(table).append('\n');
    }
    result.patch().patches().stream()
        .map(patch -> patch.target() + ", rank " + patch.terms().size() + "\n")
        .limit(WORST)
        .forEach(text::append);
    TextTable table = new TextTable("", ">P(target)", "before", ">P(target)", "after");
    row(table, "prompt", result.before(), result.after());
    for (EditProbe probe : result.probes()) {
      row(table, probe.kind().name().toLowerCase(Locale.ROOT), probe.before(), probe.after());
    }
    text.append('\n').append(table).append('\n');
    result
        .metrics()
        .forEach(
            (name, number) ->
                text.append(name).append(' ').append(Text.small(number)).append('\n'));
    BlastView radius = result.blast();
    if (radius != null) {
      TextTable worst = new TextTable(">predicted", ">measured", "answer", "prompt");
      for (BlastPrompt one : radius.worst().subList(0, Math.min(WORST, radius.worst().size()))) {
        worst.row(
            Text.signed(one.predicted(), 3),
            Text.signed(one.measured(), 3),
            Text.token(one.answer().text()),
            Text.fit(one.text(), Math.max(20, columns - 40)));
      }
      text.append('\n').append(worst);
    }
    return text.toString();
  }

  private static void row(TextTable table, String name, EditState before, EditState after) {
    table.row(
        name,
        Text.probability(before.probability()),
        before.text(),
        Text.probability(after.probability()),
        after.text());
  }
}
