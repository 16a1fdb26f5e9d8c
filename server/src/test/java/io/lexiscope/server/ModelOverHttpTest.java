package io.lexiscope.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.workbench.WorkLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.WorkbenchSettings;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.lens.LensResult;
import io.lexiscope.workbench.shelf.Build;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The tiny golden models behind a real server.
@Timeout(120)
class ModelOverHttpTest {
  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden");

  @TempDir private Path page;
  private final HttpClient client = HttpClient.newHttpClient();
  private Workbench workbench;
  private LexiscopeServer server;

  @BeforeEach
  void start() {
    var places = new ModelPlaces(GOLDEN, List.of(), GOLDEN.resolve("none"), "gpt2-a");
    workbench =
        Workbench.open(new WorkbenchSettings(places, new Build("0", "25"), WorkLimits.standard()));
    server = LexiscopeServer.start(ServerConfig.loopback(/* port= */ 0, page), workbench);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
    workbench.close();
  }

  @Test
  void eightClientsAtOnceGetTheAnswersOfOne() throws Exception {
    var alone = new ArrayList<LensResult>();
    for (var number = 0; number < 8; number++) {
      alone.add(lens(client.send(request(number), BodyHandlers.ofString())));
    }
    for (var round = 0; round < 3; round++) {
      var together =
          IntStream.range(0, 8)
              .mapToObj(number -> client.sendAsync(request(number), BodyHandlers.ofString()))
              .toList();
      for (var number = 0; number < 8; number++) {
        var answer = lens(together.get(number).join());
        assertThat(answer.readings()).isEqualTo(alone.get(number).readings());
        assertThat(answer.header()).isEqualTo(alone.get(number).header());
      }
    }
  }

  @Test
  void aLensIsAlsoCsvForThoseWhoAcceptIt() throws Exception {
    var answer = post("lens", "{\"tokens\":[1,2,3],\"top\":4}", "text/csv");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(answer.body().lines()).hasSize(1 + 3 * 3 * 4);
  }

  @Test
  void tokensStreamAsTheyAreGenerated() throws Exception {
    var answer = post("generate", "{\"tokens\":[1,2,3],\"n\":6}", "text/event-stream");

    var kinds = answer.body().lines().filter(line -> line.startsWith("event: ")).toList();
    assertThat(kinds.stream().filter("event: token"::equals)).hasSize(6);
    assertThat(kinds).last().isEqualTo("event: state");
    assertThat(answer.body()).contains("\"state\":\"done\"").contains("\"tokensPerSecond\"");
  }

  @Test
  void whatTheModelCannotAnswerIsUnprocessable() throws Exception {
    for (var body :
        List.of(
            "{\"tokens\":[]}",
            "{\"text\":\"\"}",
            "{\"tokens\":[512]}",
            "{\"tokens\":[1],\"at\":\"hook_none\"}",
            "{\"tokens\":" + new ArrayList<>(Collections.nCopies(5000, 1)) + "}")) {
      var answer = post("lens", body, "application/json");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    }
    assertThat(post("lens", "{\"tokens\":[1],\"model\":\"none\"}", "*/*").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aWarmServerHasItsModelOpenBeforeAnybodyAsks() throws Exception {
    assertThat(health()).contains("\"openModels\":[]");

    assertThat(server.warmUp(/* model= */ null)).isPositive();

    assertThat(health()).contains("\"openModels\":[\"gpt2-a\"]");
  }

  @Test
  void nobodyReplacesTheFiringRatesOfOthersWithoutLeave() throws Exception {
    for (var body : List.of("{\"corpus\":\"a text\"}", "{\"rebuild\":true}")) {
      var answer = post("index", body, "application/json");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
      assertThat(answer.body()).contains("--allow-writes");
    }
  }

  @Test
  void aServerWithATokenWarmsItselfUpToo() {
    var config =
        new ServerConfig(
            "127.0.0.1", /* port= */ 0, "0123456789abcdef", page, ServerLimits.standard());

    try (var guarded = LexiscopeServer.start(config, workbench)) {
      assertThat(guarded.warmUp("llama-a")).isPositive();
    }
  }

  @Test
  void aServerCannotWarmUpAModelThatIsNotThere() {
    assertThatThrownBy(() -> server.warmUp("none"))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("got none");
  }

  @Test
  void provenanceSaysWhetherTheKernelsWereOn() throws Exception {
    var answer = post("info", "{}", "application/json");

    assertThat(answer.body()).contains("\"device\":\"cpu\",\"kernels\":\"off\"");
  }

  private String health() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server.url() + "api/v1/health")).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private HttpRequest request(int number) {
    var ids = new Random(number).ints(5 + 3L * number, 3, 500).boxed().toList();
    var model = List.of("gpt2-a", "llama-a", "gpt-neo-a").get(number % 3);
    return request(
        "lens", "{\"model\":\"" + model + "\",\"tokens\":" + ids + "}", "application/json");
  }

  private HttpRequest request(String verb, String body, String accept) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/api/v1/" + verb))
        .header("Content-Type", "application/json")
        .header("Accept", accept)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> post(String verb, String body, String accept)
      throws IOException, InterruptedException {
    return client.send(request(verb, body, accept), BodyHandlers.ofString());
  }

  private static LensResult lens(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ViewJson.read(answer.body(), LensResult.class);
  }
}
