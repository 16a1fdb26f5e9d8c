package io.lexiscope.cli.neuron;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.InterventionOptions;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Text;
import io.lexiscope.cli.terminal.TextTable;
import io.lexiscope.cli.terminal.WorkbenchCommand;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.neuron.FiringView;
import io.lexiscope.workbench.neuron.HabitView;
import io.lexiscope.workbench.neuron.NeuronKeyView;
import io.lexiscope.workbench.neuron.NeuronRequest;
import io.lexiscope.workbench.neuron.NeuronResult;
import io.lexiscope.workbench.neuron.NeuronValueView;
import io.lexiscope.workbench.neuron.TriggerView;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuron`: the card of one neuron.
@Command(
    name = "neuron",
    description = "What one neuron listens for, what it writes, and where it fires.")
public final class NeuronCommand extends WorkbenchCommand<NeuronResult> {
  private static final int WORDS = 8;
  private static final int BAR = 20;
  private static final int BEFORE = 12;

  @Mixin private final InterventionOptions interventions = new InterventionOptions();

  @Parameters(
      index = "0",
      paramLabel = "NEURON",
      description = "such as L3N812, from 0, or a paper's v4_813, from 1")
  @SuppressWarnings("NullAway.Init") // required
  private String neuron;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "a prompt to show its coefficients on")
  private @Nullable String text;

  @Option(names = "--words", paramLabel = "K", description = "K words at each end (default: 20)")
  private @Nullable Integer words;

  @Option(
      names = "--null",
      paramLabel = "N",
      description = "random vectors for the null band of words (default: 100)")
  private @Nullable Integer nullVectors;

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "text or JSON lines to look for trigger examples in")
  private @Nullable String data;

  @Option(
      names = "--triggers",
      paramLabel = "K",
      description = "how many trigger examples to keep (default: 10)")
  private @Nullable Integer triggers;

  @Option(
      names = "--every-prefix",
      description = "let every prefix compete, rather than the best of each sentence")
  private boolean everyPrefix;

  @Option(names = "--seed", paramLabel = "S", description = "seed of everything random")
  private @Nullable Long seed;

  @Option(
      names = "--raw",
      description =
          "logits as products give them, not above their mean over the vocabulary; every token listed")
  private boolean raw;

  public NeuronCommand(CliConfiguration configuration, Terminal terminal) {
    super(configuration, terminal);
  }

  @Override
  protected Request<NeuronResult> request() {
    return new NeuronRequest(
        model.choice(),
        neuron,
        new Prompt(text, /* tokens= */ null, /* chat= */ null, /* system= */ null),
        words,
        nullVectors,
        data,
        triggers,
        everyPrefix ? Boolean.TRUE : null,
        seed,
        raw ? Boolean.TRUE : null,
        interventions.specs());
  }

  private static String habit(HabitView habit) {
    return String.format(
        Locale.ROOT,
        "%nusually acts with m %s 0, and so %s what is listed first%n  m < 0 at %.1f %% of %,d positions (%s, sinks left out), mean |m| %.3f, mean %+.3f, deviation %.3f, %.2f %% of its layer%n",
        habit.usualSign() < 0 ? "<" : ">",
        habit.usualSign() < 0 ? "suppresses" : "promotes",
        100 * habit.negative(),
        habit.positions(),
        habit.corpus(),
        habit.meanSize(),
        habit.mean(),
        habit.deviation(),
        100 * habit.shareOfLayer());
  }

  @Override
  protected String text(NeuronResult result, int columns) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT, "%s, value vector of length %.3f%n", result.name(), result.norm()));
    for (NeuronValueView value : result.values()) {
      out.append('\n').append(value.convention().description()).append('\n');
      out.append("  promotes    ").append(words(value.top(), value)).append('\n');
      out.append("  suppresses  ").append(words(value.bottom(), value)).append('\n');
    }
    out.append(
        String.format(
            Locale.ROOT,
            "* beyond what %d random vectors reach%s%n",
            result.nullVectors(),
            result.overlap() == null
                ? ""
                : String.format(
                    Locale.ROOT,
                    "; the two lenses share %.0f %% of 30 words",
                    100 * result.overlap())));
    for (NeuronKeyView key : result.keys()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%nlistens for (%s, length %.3f, bias %+.3f)%n  %s%n  against %s%n",
              key.branch(),
              key.norm(),
              key.bias(),
              words(key.top(), null),
              words(key.bottom(), null)));
    }
    out.append(result.keyConvention()).append('\n');
    HabitView habit = result.habit();
    if (habit != null) {
      out.append(habit(habit));
    }
    FiringView firing = result.firing();
    if (firing != null) {
      out.append(
          String.format(
              Locale.ROOT,
              "%nfires at %.1f %% of %s positions (%s)%n",
              100 * firing.rate(),
              Text.count(firing.positions()),
              firing.corpus()));
    }
    coefficients(result, out);
    triggers(result, out);
    return out.toString();
  }

  private static void coefficients(NeuronResult result, StringBuilder out) {
    if (result.coefficients().isEmpty()) {
      return;
    }
    double largest = result.coefficients().stream().mapToDouble(Math::abs).max().orElse(1);
    TextTable table = new TextTable(">", "token", ">coefficient", "");
    for (int i = 0; i < result.coefficients().size(); i++) {
      double coefficient = result.coefficients().get(i);
      table.row(
          i,
          Text.token(result.header().tokens().get(i).text()),
          String.format(Locale.ROOT, "%+.3f", coefficient),
          largest > 0 ? Text.bar(Math.abs(coefficient) / largest, BAR) : "");
    }
    out.append('\n').append(table);
  }

  private static void triggers(NeuronResult result, StringBuilder out) {
    if (result.sentences() == 0) {
      return;
    }
    out.append(
        String.format(
            Locale.ROOT, "%nfires most in %s sentences at%n", Text.count(result.sentences())));
    TextTable table = new TextTable(">coefficient", ">without last", ">first", ">random", "prefix");
    for (TriggerView trigger : result.triggers()) {
      table.row(
          String.format(Locale.ROOT, "%+.3f", trigger.coefficient()),
          percent(trigger.withoutLast()),
          percent(trigger.withoutFirst()),
          percent(trigger.withoutRandom()),
          prefix(trigger));
    }
    out.append(table);
  }

  private static String prefix(TriggerView trigger) {
    int from = Math.max(0, trigger.position() + 1 - BEFORE);
    List<TokenView> shown = trigger.tokens().subList(from, trigger.position() + 1);
    return (from > 0 ? "…" : "")
        + shown.stream().map(token -> Text.token(token.text())).collect(Collectors.joining());
  }

  private static String percent(@Nullable Double change) {
    return change == null ? "–" : String.format(Locale.ROOT, "%+.0f %%", 100 * change);
  }

  private static String words(List<TokenReading> words, @Nullable NeuronValueView band) {
    return words.stream()
        .limit(WORDS)
        .map(
            word ->
                Text.token(word.text())
                    + String.format(Locale.ROOT, " %+.2f", word.logit())
                    + (band != null
                            && (word.logit() > band.nullTop() || word.logit() < band.nullBottom())
                        ? "*"
                        : ""))
        .collect(Collectors.joining("  "));
  }
}
