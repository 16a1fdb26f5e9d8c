package io.lexiscope.cli.serve;

import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.UsageException;
import io.lexiscope.cli.terminal.Workbenches;
import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.server.LexiscopeServer;
import io.lexiscope.server.ServerConfig;
import io.lexiscope.server.ServerException;
import io.lexiscope.server.ServerLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.Reach;
import io.lexiscope.workbench.ask.ViewJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `serve`: the workbench in the browser.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Opens the workbench: serves the page, prints its address, and waits.")
public final class ServeCommand implements Callable<Integer> {
  private static final int TOKEN_BYTES = 16;

  @Mixin private final ServeOptions options = new ServeOptions();

  private final CliConfiguration configuration;
  private final Terminal terminal;

  public ServeCommand(CliConfiguration configuration, Terminal terminal) {
    this.configuration = configuration;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    serve(options, configuration, terminal);
    return 0;
  }

  private record Serving(String url) {}

  /// Serves until the process is told to end.
  public static void serve(
      ServeOptions options, CliConfiguration configuration, Terminal terminal) {
    try (Workbench workbench =
            Workbenches.open(
                configuration,
                options.threads(),
                options.kernels(),
                reach(options, configuration),
                options.modelsRoots());
        LexiscopeServer server = start(options, configuration, workbench)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "lexiscope-shutdown"));
      if (options.warm()) {
        warmUp(server, options, terminal);
      }
      String url = url(server.url(), options.model());
      terminal.print(options.json() ? ViewJson.write(new Serving(url)) : url);
      if (!options.quiet() && !options.json()) {
        terminal.message("The workbench is open at the address above. Ctrl+C ends it.");
        if (options.noToken()) {
          terminal.message(
              "Without a token every user and every program of this machine can ask it too.");
        }
      }
      if (options.open() && !options.json()) {
        Browser.open(url(server.urlToOpen(), options.model()), configuration.environment());
      }
      server.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// What clients may name; the command line itself may name everything.
  private static Reach reach(ServeOptions options, CliConfiguration configuration) {
    ModelPlaces places = Workbenches.places(configuration);
    List<Path> models = new ArrayList<>(options.modelsRoots());
    models.add(configuration.home().resolve("models"));
    models.add(places.hubCache());
    models.add(places.cache());
    String named = options.model();
    if (named != null) {
      existing(named).ifPresent(models::add);
    }
    return Workbench.reach(models, options.dataRoots(), options.outputs().toAbsolutePath());
  }

  private static Optional<Path> existing(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Files::exists);
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  private static void warmUp(LexiscopeServer server, ServeOptions options, Terminal terminal) {
    boolean silent = options.quiet() || options.json();
    if (!silent) {
      terminal.message("Warming up…");
    }
    long milliseconds = server.warmUp(options.model()).toMillis();
    if (!silent) {
      terminal.message("Warm: a lens request takes " + milliseconds + " ms.");
    }
  }

  private static LexiscopeServer start(
      ServeOptions options, CliConfiguration configuration, Workbench workbench) {
    try {
      return LexiscopeServer.start(config(options, configuration, options.port()), workbench);
    } catch (ServerException taken) {
      if (options.portGiven()) {
        throw taken;
      }
      // Nobody asked for the usual port, so any free one will do.
      return LexiscopeServer.start(config(options, configuration, /* port= */ 0), workbench);
    }
  }

  private static ServerConfig config(
      ServeOptions options, CliConfiguration configuration, int port) {
    String token = options.token();
    if (token != null && options.noToken()) {
      throw new UsageException("--no-token: expected it without --token, got both");
    }
    if (token == null && !options.noToken()) {
      byte[] random = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(random);
      token = HexFormat.of().formatHex(random);
    }
    return new ServerConfig(
        options.host(),
        port,
        token,
        configuration.page(),
        ServerLimits.standard().withWrites(options.allowWrites()));
  }

  private static String url(String address, @Nullable String model) {
    return model == null
        ? address
        : address + "#model=" + URLEncoder.encode(model, StandardCharsets.UTF_8);
  }
}
