package io.lexiscope.cli.serve;

import io.lexiscope.cli.terminal.SwitchConverter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where and to whom the workbench is served.
public final class ServeOptions {
  private static final int DEFAULT_PORT = 7333;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "address to listen on (default: 127.0.0.1)")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "port to listen on, 0 for any free one (default: " + DEFAULT_PORT + ")")
  private @Nullable Integer port;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description = "demanded of every client; a new one is made up at every start when absent")
  private @Nullable String token;

  @Option(
      names = "--no-token",
      description =
          "serve on loopback without a token: every user and every program of this machine can then ask")
  private boolean noToken;

  @Option(
      names = "--open",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "open the page in the browser where there is one (default: yes)")
  private boolean open;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "the model to open the page on (default: microworld)")
  private @Nullable String model;

  @Option(
      names = {"-q", "--quiet"},
      description = "print the address and nothing else")
  private boolean quiet;

  @Option(names = "--json", description = "print the address as a JSON document")
  private boolean json;

  @Option(names = "--threads", paramLabel = "N", description = "threads one operation may use")
  private @Nullable Integer threads;

  @Option(
      names = "--kernels",
      arity = "1",
      paramLabel = "on|off",
      converter = SwitchConverter.class,
      description = "whether products may go through the kernels in Java (default: on)")
  private SwitchConverter.@Nullable Switch kernels;

  @Option(
      names = "--warm",
      description =
          "open the model and warm everything up before the address is printed, so that the first answer is quick")
  private boolean warm;

  @Option(
      names = "--allow-writes",
      description =
          "let clients use the verbs that write files or fetch models; without it they are refused over HTTP")
  private boolean allowWrites;

  @Option(
      names = "--models-root",
      paramLabel = "FOLDER",
      description =
          "folder of models that clients may open, besides those that come with the program, the hub's cache and -m; may be given more than once")
  private List<Path> modelsRoots = List.of();

  @Option(
      names = "--data-root",
      paramLabel = "FOLDER",
      description =
          "folder of files that clients may have read, besides those in folders of models; may be given more than once")
  private List<Path> dataRoots = List.of();

  @Option(
      names = "--outputs",
      paramLabel = "FOLDER",
      description =
          "the folder that clients write to, with --allow-writes (default: lexiscope-outputs)")
  private Path outputs = Path.of("lexiscope-outputs");

  List<Path> modelsRoots() {
    return modelsRoots;
  }

  List<Path> dataRoots() {
    return dataRoots;
  }

  Path outputs() {
    return outputs;
  }

  boolean warm() {
    return warm;
  }

  boolean noToken() {
    return noToken;
  }

  boolean allowWrites() {
    return allowWrites;
  }

  String host() {
    return host;
  }

  int port() {
    return port == null ? DEFAULT_PORT : port;
  }

  boolean portGiven() {
    return port != null;
  }

  @Nullable String token() {
    return token;
  }

  boolean open() {
    return open;
  }

  @Nullable String model() {
    return model;
  }

  boolean quiet() {
    return quiet;
  }

  boolean json() {
    return json;
  }

  @Nullable Integer threads() {
    return threads;
  }

  @Nullable Boolean kernels() {
    return kernels == null ? null : kernels == SwitchConverter.Switch.ON;
  }
}
