package io.lexiscope.distribution;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Starts a distribution and looks whether it answers.
///
/// @param command what starts it
/// @param environment all of its variables
/// @param folder where it works
record Check(List<String> command, Map<String, String> environment, Path folder) {
  /// All that the launcher of a download may need beside Java.
  private static final List<String> TOOLS = List.of("sh", "readlink", "sed", "uname", "mkdir");

  /// Unpacks a zip and starts it with a JDK and [#TOOLS] alone: no Maven, no Node.
  ///
  /// @param zip what was made
  /// @param jdk a JDK 25
  static void zip(Path zip, Path jdk) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("lexiscope-dist");
    try {
      var bin = Files.createDirectories(folder.resolve("bin"));
      for (var tool : TOOLS) {
        Files.createSymbolicLink(bin.resolve(tool), onPath(tool));
      }
      ZipFile.unpack(zip, folder.resolve("unpacked"));
      Path root;
      try (var roots = Files.list(folder.resolve("unpacked"))) {
        root = roots.findFirst().orElseThrow();
      }
      new Check(
              List.of(root.resolve("lexiscope").toString()),
              Map.of(
                  "PATH",
                  bin.toString(),
                  "HOME",
                  folder.resolve("home").toString(),
                  "LEXISCOPE_JAVA_HOME",
                  jdk.toString()),
              Files.createDirectories(folder.resolve("work")))
          .run();
    } finally {
      delete(folder);
    }
  }

  private static Path onPath(String tool) {
    for (var folder : List.of("/usr/bin", "/bin")) {
      var file = Path.of(folder, tool);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new DistributionException("dist: expected the tool " + tool + " in /usr/bin, got none");
  }

  /// Asks for an answer on the command line, then serves the page and asks over HTTP.
  void run() throws IOException, InterruptedException {
    var answer = once("generate", "The capital of Norway is", "-n", "1", "--json");
    if (!new JsonMapper().readTree(answer).path("text").asString("").contains("Oslo")) {
      throw new DistributionException("dist: expected Oslo in the answer, got: " + answer);
    }
    try (var served = start("serve", "--port", "0", "--no-open", "--quiet");
        var client =
            HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
      var address = served.firstLine();
      var page = get(client, address);
      if (!page.contains("<script")) {
        throw new DistributionException(
            "dist: expected the built page at " + address + ", got: " + page);
      }
      var models = get(client, URI.create(address).resolve("/api/v1/models").toString());
      if (!models.contains("microworld")) {
        throw new DistributionException("dist: expected the bundled models, got: " + models);
      }
    }
  }

  private String once(String... arguments) throws IOException, InterruptedException {
    try (var started = start(arguments)) {
      return started.await();
    }
  }

  private Started start(String... arguments) throws IOException {
    var all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return new Started(all, environment, folder);
  }

  private static String get(HttpClient client, String address)
      throws IOException, InterruptedException {
    var reply =
        client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    if (reply.statusCode() != 200) {
      throw new DistributionException(
          "dist: expected status 200 of %s, got %d: %s"
              .formatted(address, reply.statusCode(), reply.body()));
    }
    return reply.body();
  }

  /// Deletes a folder and all below it; follows no link.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
