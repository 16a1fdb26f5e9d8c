package io.lexiscope.cli.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.cli.Main;
import io.lexiscope.cli.terminal.CliConfiguration;
import io.lexiscope.cli.terminal.Extension;
import io.lexiscope.cli.terminal.Terminal;
import io.lexiscope.cli.terminal.Workbenches;
import io.lexiscope.server.LexiscopeServer;
import io.lexiscope.server.ServerConfig;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.tokens.TokenizeUseCase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A verb is a package and a line, and needs nothing else to be told of it.
class TrialVerbTest {
  private static final Extension COUNT =
      new Extension(
          Map.of("count", CountCommand.class),
          shelves -> List.of(CountUseCase.feature(shelves.models())));
  private static final Path MODEL = Path.of("../model/src/test/resources/golden/gpt2-a");

  @TempDir private Path home;

  private CliConfiguration plain() {
    return new CliConfiguration(
        home,
        home.resolve("page"),
        home.resolve("hub"),
        Map.of("LEXISCOPE_CACHE", home.resolve("cache").toString()));
  }

  private Workbench open(CliConfiguration configuration) {
    return Workbenches.open(configuration, /* threads= */ null, /* kernels= */ null);
  }

  private String run(CliConfiguration configuration, int exit, String... arguments) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, /* autoFlush= */ true, UTF_8);
    var terminal = new Terminal(stream, stream, /* interactive= */ false, /* columns= */ 100);

    assertThat(Main.run(configuration, terminal, arguments)).isEqualTo(exit);
    return out.toString(UTF_8);
  }

  @Test
  void theLibraryAnswersIt() {
    var request =
        new CountRequest(ModelChoice.of(MODEL.toString()), Prompt.tokens(List.of(5, 17, 5)));
    try (var with = open(plain().with(COUNT));
        var without = open(plain())) {
      CountResult result = with.answer(request);

      assertThat(result).isEqualTo(new CountResult(MODEL.toString(), 3, 2));
      assertThatThrownBy(() -> without.answer(request))
          .isInstanceOf(WorkbenchException.class)
          .hasMessage("request: this workbench has no answer to a CountRequest");
    }
  }

  @Test
  void theCommandLineKnowsIt() {
    var configuration = plain().with(COUNT);
    String[] count = {"count", "-m", MODEL.toString(), "--tokens", "5,17,5"};

    assertThat(run(configuration, 0, count)).isEqualTo("3 tokens, 2 different\n");
    assertThat(run(configuration, 0, "count", "-m", MODEL.toString(), "--tokens", "5", "--json"))
        .isEqualTo(
            "{\"model\":\""
                + MODEL
                + "\",\"tokens\":1,\"different\":1,\"method\":\"Tokens as the tokenizer splits"
                + " them; words are not counted.\",\"schemaVersion\":1}\n");
    assertThat(run(configuration, 0, "--help")).contains("count ", "tokenize ");
    assertThat(run(plain(), 2, count)).contains("count");
  }

  @Test
  void theServerAnswersItAsJsonAndAsATable() throws Exception {
    try (var workbench = open(plain().with(COUNT));
        var server = LexiscopeServer.start(ServerConfig.loopback(/* port= */ 0, home), workbench);
        var client = HttpClient.newHttpClient()) {
      var json = post(client, server.port(), "application/json");
      var table = post(client, server.port(), "text/csv");

      assertThat(json.statusCode()).as(json.body()).isEqualTo(200);
      assertThat(json.body()).contains("\"tokens\":3,\"different\":2");
      assertThat(table.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
      assertThat(table.body()).isEqualTo("tokens,different\r\n3,2\r\n");
    }
  }

  @Test
  void twoFeaturesOfOneNameAreRefused() {
    var twice =
        new Extension(Map.of(), shelves -> List.of(TokenizeUseCase.feature(shelves.models())));

    assertThatThrownBy(() -> open(plain().with(twice)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got a second for tokenize");
  }

  private static HttpResponse<String> post(HttpClient client, int port, String accept)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/count"))
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .POST(BodyPublishers.ofString("{\"model\":\"" + MODEL + "\",\"tokens\":[5,17,5]}"))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
