package io.lexiscope.cli.attribution;

import io.lexiscope.cli.terminal.BaselineConverter;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.TargetOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.tokenizer.TokenView;
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

/// `attribution`: which components raised or lowered a word.
@Command(
    name = "attribution",
    description =
        "Which heads, MLPs and biases raised or lowered a word: direct logit attribution, summing to the logit above its mean over the vocabulary.")
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

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description =
          "what the logit stands above: mean over the vocabulary, as softmax sees it (default), or none",
      converter = BaselineConverter.class)
  private @Nullable Baseline baseline;

  public AttributionCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<AttributionResult> request() {
    return new AttributionRequest(
        model.choice(),
        prompt.prompt(),
        new AttributionTarget(
            at, position, pair.target(), pair.against(), /* convention= */ null, baseline),
        top,
        prompt.interventions());
  }

  /// What the logit stands above.
  private static String above(AttributionResult result) {
    Double mean = result.meanLogit();
    if (mean == null) {
      return String.format(
          Locale.ROOT, "%neach word's column is above the mean over the vocabulary");
    }
    return switch (result.baseline()) {
      case MEAN ->
          String.format(
              Locale.ROOT,
              "%nabove the mean over the vocabulary, %s, which softmax does not see",
              Text.signed(mean, 4));
      case NONE ->
          String.format(
              Locale.ROOT,
              "%nthe logit as it is; the mean over the vocabulary is %s",
              Text.signed(mean, 4));
    };
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
    TokenView foil = result.against();
    TextTable table =
        foil != null
            ? new TextTable(
                "component",
                ">logits",
                ">" + Text.token(result.target().text()),
                ">" + Text.token(foil.text()),
                "")
            : new TextTable("component", ">logits", "");
    for (ComponentContribution contribution : result.contributions()) {
      String bar = Text.bar(Math.abs(contribution.logits()) / largest, BAR);
      String signed = (contribution.logits() < 0 ? "− " : "+ ") + bar;
      String logits = Text.signed(contribution.logits(), 3);
      Double target = contribution.ofTarget();
      Double against = contribution.ofAgainst();
      if (target != null && against != null) {
        table.row(
            contribution.label(), logits, Text.signed(target, 3), Text.signed(against, 3), signed);
      } else {
        table.row(contribution.label(), logits, signed);
      }
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
        + above(result)
        + capped(result);
  }
}
