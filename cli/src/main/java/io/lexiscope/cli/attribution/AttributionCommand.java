package io.lexiscope.cli.attribution;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.TargetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.attribution.AttributionRequest;
import io.lexiscope.workbench.attribution.AttributionResult;
import io.lexiscope.workbench.attribution.AttributionTarget;
import io.lexiscope.workbench.attribution.ComponentContribution;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `attribution`: which components wrote a word.
@Command(
    name = "attribution",
    description =
        "Which heads, MLPs and biases wrote a word: direct logit attribution, summing to the logit.")
public final class AttributionCommand extends WorkbenchCommand<AttributionResult> {
  private static final int BAR = 20;

  @Mixin private final PromptOptions prompt = new PromptOptions();

  @Mixin private final TargetOptions pair = new TargetOptions();

  @Option(names = "--at", paramLabel = "NAME", description = "where to read (default: the output)")
  private @Nullable String at;

  @Option(
      names = "--position",
      paramLabel = "P",
      description = "which position, negatives from the end (default: -1)")
  private @Nullable Integer position;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "the K largest contributions, the others summed up (default: 10)")
  private @Nullable Integer top;

  public AttributionCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<AttributionResult> request() {
    return new AttributionRequest(
        model.choice(),
        prompt.prompt(),
        new AttributionTarget(at, position, pair.target(), pair.against(), /* convention= */ null),
        top,
        prompt.interventions());
  }

  private static String capped(AttributionResult result) {
    return result.softCap() == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%nbefore the model's final soft cap of %s; after it, as the lens shows, %s",
            result.softCap(),
            Text.signed(result.capped() == null ? Double.NaN : result.capped(), 4));
  }

  @Override
  protected String text(AttributionResult result, int columns) {
    double largest =
        result.contributions().stream()
            .mapToDouble(contribution -> Math.abs(contribution.logits()))
            .max()
            .orElse(1);
    TextTable table = new TextTable("component", ">logits", "");
    for (ComponentContribution contribution : result.contributions()) {
      String bar = Text.bar(Math.abs(contribution.logits()) / largest, BAR);
      table.row(
          contribution.label(),
          Text.signed(contribution.logits(), 3),
          (contribution.logits() < 0 ? "− " : "+ ") + bar);
    }
    String what =
        Text.token(result.target().text())
            + (result.against() == null ? "" : " − " + Text.token(result.against().text()));
    return String.format(
            Locale.ROOT,
            "%s at %s, position %d%n%n%s%nsum %s, computed %s, apart %s (%s)",
            what,
            result.at(),
            result.position(),
            table,
            Text.signed(result.sum(), 4),
            Text.signed(result.exact(), 4),
            Text.small(result.residualError()),
            result.convention().description())
        + capped(result);
  }
}
