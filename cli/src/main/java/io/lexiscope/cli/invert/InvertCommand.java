package io.lexiscope.cli.invert;

import io.lexiscope.analysis.inversion.ActivationMetric;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.PromptOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.model.site.ActivationConvention;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.invert.InvertReader;
import io.lexiscope.workbench.invert.InvertReadout;
import io.lexiscope.workbench.invert.InvertRequest;
import io.lexiscope.workbench.invert.InvertResult;
import io.lexiscope.workbench.invert.InvertSearch;
import io.lexiscope.workbench.invert.InvertSite;
import io.lexiscope.workbench.invert.PositionMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `invert`: the inputs that share an activation.
@Command(
    name = "invert",
    description =
        "Which inputs share an activation, and what they have in common (Huang et al. 2024).")
public final class InvertCommand extends WorkbenchCommand<InvertResult> {
  @Mixin private final PromptOptions prompt = new PromptOptions();

  @ArgGroup(validate = false, heading = "Which activation:%n")
  private final Which which = new Which();

  @ArgGroup(validate = false, heading = "Where to look:%n")
  private final Look look = new Look();

  @ArgGroup(validate = false, heading = "What to say:%n")
  private final Say say = new Say();

  private static final class Which {
    @Option(
        names = "--at",
        split = ",",
        paramLabel = "PLACE",
        description =
            "heads, hook points or published short names (x0.mid, a0.3, m1); the first is read, all"
                + " are compared (default: x0.post)")
    private @Nullable List<String> at;

    @Option(
        names = "--position",
        paramLabel = "P",
        description = "position of the query, negative from the end (default: the last)")
    private @Nullable Integer position;

    @Option(
        names = "--match",
        paramLabel = "M",
        description = "compare at the position of the same role (default), or at any")
    private @Nullable PositionMatch match;

    @Option(
        names = "--convention",
        paramLabel = "C",
        description =
            "raw, or published: centred, value biases left out (default: as the name of the place"
                + " implies)")
    private @Nullable ActivationConvention convention;
  }

  private static final class Look {
    @Option(
        names = "--method",
        paramLabel = "M",
        description =
            "exact: all inputs there are; corpus: given or drawn ones (default: exact where it can"
                + " be)")
    private @Nullable InvertReader reader;

    @Option(
        names = "--metric",
        paramLabel = "D",
        description =
            "euclidean (by the query's length, the default), cosine, or kl: what the model makes of"
                + " the difference")
    private @Nullable ActivationMetric metric;

    @Option(names = "--epsilon", paramLabel = "E", description = "bound of the set (default: 0.1)")
    private @Nullable Double epsilon;

    @Option(
        names = "--inputs",
        paramLabel = "PATTERN",
        description = "all inputs, such as 'B[1-9][0-9]+[1-9][0-9]=', a character a token")
    private @Nullable String inputs;

    @Option(
        names = "--data",
        paramLabel = "FILE",
        description = "inputs to look among: one a line, or .jsonl")
    private @Nullable String data;

    @Option(
        names = "--draws",
        paramLabel = "N",
        description = "inputs drawn where none are given (default: 20000)")
    private @Nullable Integer draws;

    @Option(names = "--seed", paramLabel = "S", description = "seed of everything random")
    private @Nullable Long seed;
  }

  private static final class Say {
    @Option(
        names = "--top",
        paramLabel = "N",
        description = "members and near-misses shown, of each (default: 20)")
    private @Nullable Integer top;

    @Option(
        names = "--feature",
        paramLabel = "REGEX",
        description = "whose groups are further features; may be repeated")
    private @Nullable List<String> features;

    @Option(
        names = "--text",
        paramLabel = "TEXT",
        description = "an input of one's own, whose distance is told; may be repeated")
    private @Nullable List<String> texts;

    @Option(
        names = "--swaps",
        paramLabel = "N",
        description = "test the set causally with the activations of N members and N others")
    private @Nullable Integer swaps;

    @Option(
        names = "--explained",
        paramLabel = "N",
        description = "measure on N inputs how much of the place the features explain")
    private @Nullable Integer explained;
  }

  public InvertCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<InvertResult> request() {
    return new InvertRequest(
        model.choice(),
        prompt.prompt(),
        new InvertSite(which.at, which.position, which.match, which.convention),
        new InvertSearch(look.reader, look.metric, look.epsilon, look.inputs, look.data),
        new InvertReadout(say.top, say.features, say.texts, say.swaps, say.explained),
        look.draws,
        look.seed,
        prompt.interventions());
  }

  @Override
  protected String text(InvertResult result, int columns) {
    return InvertText.of(result, columns);
  }
}
