package io.lexiscope.cli;

import io.lexiscope.base.OneLine;
import io.lexiscope.cli.activations.ActivationsCommand;
import io.lexiscope.cli.attribution.AttributionCommand;
import io.lexiscope.cli.bench.BenchCommand;
import io.lexiscope.cli.clusters.ClustersCommand;
import io.lexiscope.cli.compare.CompareCommand;
import io.lexiscope.cli.detox.DetoxCommand;
import io.lexiscope.cli.diff.DiffCommand;
import io.lexiscope.cli.edits.ApplyCommand;
import io.lexiscope.cli.edits.EditCommand;
import io.lexiscope.cli.edits.EvaluateEditsCommand;
import io.lexiscope.cli.events.EventsCommand;
import io.lexiscope.cli.exit.ExitCommand;
import io.lexiscope.cli.ffn.FfnCommand;
import io.lexiscope.cli.flow.FlowCommand;
import io.lexiscope.cli.generate.GenerateCommand;
import io.lexiscope.cli.glossary.ExplainCommand;
import io.lexiscope.cli.gradients.GradientsCommand;
import io.lexiscope.cli.heads.HeadsCommand;
import io.lexiscope.cli.invert.InvertCommand;
import io.lexiscope.cli.lens.LensCommand;
import io.lexiscope.cli.models.InfoCommand;
import io.lexiscope.cli.models.ModelsCommand;
import io.lexiscope.cli.models.PullCommand;
import io.lexiscope.cli.neuron.NeuronCommand;
import io.lexiscope.cli.parity.ParityCommand;
import io.lexiscope.cli.patch.PatchCommand;
import io.lexiscope.cli.score.ScoreCommand;
import io.lexiscope.cli.search.IndexCommand;
import io.lexiscope.cli.search.SearchCommand;
import io.lexiscope.cli.separate.SeparateCommand;
import io.lexiscope.cli.serve.ServeCommand;
import io.lexiscope.cli.serve.ServeOptions;
import io.lexiscope.cli.study.ReproduceCommand;
import io.lexiscope.cli.survey.SurveyCommand;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.CommandFactory;
import io.lexiscope.cli.terminal.DecimalConverter;
import io.lexiscope.cli.terminal.OutputException;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.Version;
import io.lexiscope.cli.tokens.TokenizeCommand;
import io.lexiscope.cli.train.EvaluateCommand;
import io.lexiscope.cli.train.NewCommand;
import io.lexiscope.cli.train.TrainCommand;
import io.lexiscope.cli.values.MoveValueCommand;
import io.lexiscope.cli.values.TraceValuesCommand;
import io.lexiscope.server.ServerException;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The launcher's main class. Exit codes: 0 done, 1 failed, 2 usage.
@Command(
    name = "lexiscope",
    description =
        "Opens a transformer language model and reads what happens inside it, in the words of its"
            + " own vocabulary.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "[VERB]",
    footer = {
      "",
      "Without a verb the workbench opens in the browser, on the bundled model.",
      "Examples:",
      "  lexiscope lens \"The capital of Norway is\" --target \" Oslo\"",
      "  lexiscope generate \"The capital of Norway is\" -n 5",
      "  lexiscope info -m path/to/model --json"
    })
public final class Main implements Runnable {
  /// Longest message in characters, and how much of its end is kept: what was given may be as long
  /// as it likes.
  private static final int LONGEST = 1200;

  private static final int TAIL = 200;

  /// The commands by their verbs, in the order of the help.
  static final Map<String, Class<?>> VERBS = verbs();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @CommandLine.Mixin private final ServeOptions serve = new ServeOptions();

  private Main() {}

  private static Map<String, Class<?>> verbs() {
    Map<String, Class<?>> verbs = new LinkedHashMap<>();
    verbs.put("serve", ServeCommand.class);
    verbs.put("models", ModelsCommand.class);
    verbs.put("pull", PullCommand.class);
    verbs.put("info", InfoCommand.class);
    verbs.put("tokenize", TokenizeCommand.class);
    verbs.put("generate", GenerateCommand.class);
    verbs.put("score", ScoreCommand.class);
    verbs.put("activations", ActivationsCommand.class);
    verbs.put("parity", ParityCommand.class);
    verbs.put("lens", LensCommand.class);
    verbs.put("attribution", AttributionCommand.class);
    verbs.put("heads", HeadsCommand.class);
    verbs.put("flow", FlowCommand.class);
    verbs.put("compare", CompareCommand.class);
    verbs.put("patch", PatchCommand.class);
    verbs.put("ffn", FfnCommand.class);
    verbs.put("gradients", GradientsCommand.class);
    verbs.put("edit", EditCommand.class);
    verbs.put("apply", ApplyCommand.class);
    verbs.put("evaluate-edits", EvaluateEditsCommand.class);
    verbs.put("detox", DetoxCommand.class);
    verbs.put("neuron", NeuronCommand.class);
    verbs.put("events", EventsCommand.class);
    verbs.put("survey", SurveyCommand.class);
    verbs.put("reproduce", ReproduceCommand.class);
    verbs.put("search", SearchCommand.class);
    verbs.put("index", IndexCommand.class);
    verbs.put("clusters", ClustersCommand.class);
    verbs.put("diff", DiffCommand.class);
    verbs.put("invert", InvertCommand.class);
    verbs.put("trace-values", TraceValuesCommand.class);
    verbs.put("move-value", MoveValueCommand.class);
    verbs.put("separate", SeparateCommand.class);
    verbs.put("train", TrainCommand.class);
    verbs.put("new", NewCommand.class);
    verbs.put("evaluate", EvaluateCommand.class);
    verbs.put("exit", ExitCommand.class);
    verbs.put("explain", ExplainCommand.class);
    verbs.put("bench", BenchCommand.class);
    return Collections.unmodifiableMap(verbs);
  }

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] arguments) {
    Preparation.of(arguments).begin();
    System.exit(run(CliConfiguration.fromProcess(), Terminal.ofProcess(), arguments));
  }

  /// Runs a command.
  ///
  /// @param configuration where things are, and what verbs there are beyond those known here
  /// @param terminal where the answer goes
  /// @param arguments a verb and its options
  /// @return the exit code
  public static int run(CliConfiguration configuration, Terminal terminal, String... arguments) {
    CommandLine commands = new CommandLine(new Main(), new CommandFactory(configuration, terminal));
    // A command takes some milliseconds to describe: those that were not asked for are left out.
    Map<String, Class<?>> verbs = new LinkedHashMap<>(VERBS);
    verbs.putAll(configuration.extension().commands());
    Class<?> asked = arguments.length == 0 ? null : verbs.get(arguments[0]);
    (asked == null ? verbs.values() : List.of(asked)).forEach(commands::addSubcommand);
    commands.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    commands.setParameterExceptionHandler((wrong, given) -> usage(wrong, terminal));
    commands.setExecutionExceptionHandler((failed, command, parsed) -> failure(failed, terminal));
    // A text that begins with @ is that text, not the name of a file of arguments.
    commands.setExpandAtFiles(false);
    commands.registerConverter(Double.class, new DecimalConverter());
    commands.setUsageHelpAutoWidth(true);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    try {
      int exit = commands.execute(arguments);
      if (exit == CommandLine.ExitCode.OK) {
        terminal.requireWritten();
      }
      return exit;
    } catch (OutputException lost) {
      return failure(lost, terminal);
    } catch (LinkageError unlinked) {
      terminal.clearProgress();
      terminal.error(firstLine(cause(unlinked)));
      return CommandLine.ExitCode.SOFTWARE;
    } catch (VirtualMachineError exhausted) {
      terminal.clearProgress();
      terminal.error(
          "run: expected enough memory, got "
              + exhausted.getClass().getSimpleName()
              + " ("
              + firstLine(exhausted.getMessage())
              + "); ask for less");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  @Override
  public void run() {
    ServeCommand.serve(
        serve,
        ((CommandFactory) spec.commandLine().getFactory()).configuration(),
        ((CommandFactory) spec.commandLine().getFactory()).terminal());
  }

  /// What our own code said of it, at the bottom of what the runtime made of that.
  private static @Nullable String cause(LinkageError unlinked) {
    Throwable deepest = unlinked;
    while (deepest.getCause() != null
        && !deepest.getClass().getName().startsWith("io.lexiscope.")) {
      deepest = deepest.getCause();
    }
    String said = deepest.getMessage();
    int ours = said == null ? -1 : said.indexOf("libtorch: expected");
    return said == null || ours < 0
        ? "run: expected the parts of this program, got " + unlinked + "; install it anew"
        : said.substring(ours);
  }

  private static int usage(CommandLine.ParameterException wrong, Terminal terminal) {
    String verb = wrong.getCommandLine().getCommandSpec().qualifiedName();
    terminal.error(firstLine(wrong.getMessage()) + "; run '" + verb + " --help' for what it takes");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failure(Exception failed, Terminal terminal) {
    terminal.clearProgress();
    if (failed instanceof OutputException lost && lost.unread()) {
      return CommandLine.ExitCode.OK;
    }
    if (failed instanceof UsageException) {
      terminal.error(firstLine(failed.getMessage()));
      return CommandLine.ExitCode.USAGE;
    }
    if (failed instanceof WorkbenchException known) {
      terminal.error(firstLine(known.getMessage()));
      return known.kind() == ProblemKind.MALFORMED || known.misuse()
          ? CommandLine.ExitCode.USAGE
          : CommandLine.ExitCode.SOFTWARE;
    }
    boolean ours =
        failed instanceof ServerException
            || failed.getClass().getName().startsWith("io.lexiscope.");
    terminal.error(
        ours
            ? firstLine(failed.getMessage())
            : failed.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                + ": "
                + firstLine(failed.getMessage()));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String firstLine(@Nullable String message) {
    if (message == null) {
      return "no further word";
    }
    String line = OneLine.of(message);
    return line.length() <= LONGEST
        ? line
        : line.substring(0, LONGEST - TAIL) + "…" + line.substring(line.length() - TAIL);
  }
}
