package io.lexiscope.cli;

import io.lexiscope.server.ServerException;
import io.lexiscope.workbench.view.ProblemKind;
import io.lexiscope.workbench.view.WorkbenchException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The launcher's main class. Exit codes: 0 done, 1 failed, 2 usage.
@Command(
    name = "lexiscope",
    description =
        "Opens a transformer language model and reads what happens inside it, in the words of its own vocabulary.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "[VERB]",
    footer = {
      "",
      "Without a verb the workbench opens in the browser, on the bundled model.",
      "Examples:",
      "  lexiscope lens \"The capital of Norway is\" --target \" Oslo\"",
      "  lexiscope generate \"The capital of Norway is\" -n 5",
      "  lexiscope info -m path/to/model --json"
    },
    subcommands = {
      ServeCommand.class,
      ModelsCommand.class,
      PullCommand.class,
      InfoCommand.class,
      TokenizeCommand.class,
      GenerateCommand.class,
      ScoreCommand.class,
      ActivationsCommand.class,
      ParityCommand.class,
      LensCommand.class,
      AttributionCommand.class,
      CompareCommand.class,
      FfnCommand.class,
      DetoxCommand.class,
      NeuronCommand.class,
      EventsCommand.class,
      ReproduceCommand.class,
      SearchCommand.class,
      IndexCommand.class,
      ClustersCommand.class,
      TrainCommand.class,
      NewCommand.class,
      EvaluateCommand.class,
      ExitCommand.class,
      BenchCommand.class
    })
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @CommandLine.Mixin private final ServeOptions serve = new ServeOptions();

  private Main() {}

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] arguments) {
    System.exit(run(CliConfiguration.fromProcess(), Terminal.ofProcess(), arguments));
  }

  /// Runs a command.
  ///
  /// @return the exit code
  static int run(CliConfiguration configuration, Terminal terminal, String... arguments) {
    CommandLine commands = new CommandLine(new Main(), new CommandFactory(configuration, terminal));
    commands.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    commands.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    commands.setParameterExceptionHandler((wrong, given) -> usage(wrong, terminal));
    commands.setExecutionExceptionHandler((failed, command, parsed) -> failure(failed, terminal));
    commands.setUsageHelpAutoWidth(true);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    return commands.execute(arguments);
  }

  /// Version of the code, as the jar says.
  static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "development build" : version;
  }

  @Override
  public void run() {
    ServeCommand.serve(
        serve,
        ((CommandFactory) spec.commandLine().getFactory()).configuration(),
        ((CommandFactory) spec.commandLine().getFactory()).terminal());
  }

  private static int usage(CommandLine.ParameterException wrong, Terminal terminal) {
    String verb = wrong.getCommandLine().getCommandSpec().qualifiedName();
    terminal.error(firstLine(wrong.getMessage()) + "; run '" + verb + " --help' for what it takes");
    return CommandLine.ExitCode.USAGE;
  }

  private static int failure(Exception failed, Terminal terminal) {
    terminal.clearProgress();
    if (failed instanceof UsageException) {
      terminal.error(firstLine(failed.getMessage()));
      return CommandLine.ExitCode.USAGE;
    }
    if (failed instanceof WorkbenchException known) {
      terminal.error(firstLine(known.getMessage()));
      return known.kind() == ProblemKind.MALFORMED
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
    return message == null ? "no further word" : message.lines().findFirst().orElse("").strip();
  }

  /// Version and Java runtime.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"lexiscope " + version(), "Java " + Runtime.version()};
    }
  }
}
