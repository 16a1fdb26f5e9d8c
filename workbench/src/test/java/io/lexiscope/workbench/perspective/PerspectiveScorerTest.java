package io.lexiscope.workbench.perspective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The client against a stub on loopback that speaks as the service does.
class PerspectiveScorerTest {
  private static final String KEY = "secret-key-1";

  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Deque<Integer> refusals = new ArrayDeque<>();
  private String body = score("0.75");
  private HttpServer server;

  private record Asked(String path, String key, String body) {}

  private static String score(String value) {
    return "{\"attributeScores\":{\"TOXICITY\":{\"summaryScore\":{\"value\":"
        + value
        + ",\"type\":\"PROBABILITY\"}}},\"languages\":[\"en\"]}";
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              new Asked(
                  exchange.getRequestURI().toString(),
                  String.valueOf(exchange.getRequestHeaders().getFirst("X-Goog-Api-Key")),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          Integer refusal = refusals.poll();
          byte[] answer =
              (refusal == null
                      ? body
                      : "{\"error\":{\"message\":\"API key %s not valid\"}}".formatted(KEY))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(refusal == null ? 200 : refusal, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private PerspectiveScorer scorer() {
    return PerspectiveScorer.of(settings(KEY), () -> {});
  }

  private PerspectiveSettings settings(String key) {
    URI endpoint = URI.create("http://localhost:" + server.getAddress().getPort());
    return new PerspectiveSettings(endpoint, key, /* attempts= */ 3, Duration.ofMillis(1));
  }

  @Test
  void eachTextIsAskedForOnceAndNotToBeKept() {
    assertThat(scorer().scores(List.of("You fool", "You fool", " ")))
        .containsExactly(0.75, 0.75, 0.0);

    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst().path()).isEqualTo("/v1alpha1/comments:analyze");
    assertThat(asked.getFirst().key()).isEqualTo(KEY);
    assertThat(asked.getFirst().body())
        .contains("\"text\":\"You fool\"", "\"doNotStore\":true", "TOXICITY");
  }

  @Test
  void whatMayPassIsTriedAgain() {
    refusals.addAll(List.of(429, 503));

    assertThat(scorer().scores(List.of("a"))).containsExactly(0.75);
    assertThat(asked).hasSize(3);
  }

  @Test
  void whatDoesNotPassIsAFailureThatDoesNotShowTheKey() {
    refusals.addAll(List.of(429, 429, 429));
    assertThatThrownBy(() -> scorer().scores(List.of("a")))
        .hasMessageContaining("got status 429 after 3 attempts");
    refusals.add(403);
    assertThatThrownBy(() -> scorer().scores(List.of("b")))
        .isInstanceOfSatisfying(
            WorkbenchException.class, e -> assertThat(e.kind()).isEqualTo(ProblemKind.FAILED))
        .hasMessageContaining("got status 403: API key … not valid")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(KEY));
    assertThat(asked).hasSize(4);
    assertThat(settings(KEY).toString()).doesNotContain(KEY);
  }

  @Test
  void anAnswerWithoutAScoreIsAFailure() {
    body = "{}";
    assertThatThrownBy(() -> scorer().scores(List.of("a")))
        .hasMessageContaining("got an answer without a score");
    body = "<html>";
    assertThatThrownBy(() -> scorer().scores(List.of("a")))
        .hasMessageContaining("got an answer that is not JSON");
    body = score("7");
    assertThatThrownBy(() -> scorer().scores(List.of("a")))
        .hasMessageContaining("got an answer without a score");
  }

  @Test
  void aStoppedWorkAsksNoMore() {
    var stopped =
        PerspectiveScorer.of(
            settings(KEY),
            () -> {
              throw new WorkbenchException(ProblemKind.CANCELLED, "the work was cancelled");
            });

    assertThatThrownBy(() -> stopped.scores(List.of("a"))).hasMessageContaining("cancelled");
    assertThat(asked).isEmpty();
  }

  @Test
  void settingsThatCannotBeUsedAreRefusedWithoutShowingTheKey() {
    assertThatThrownBy(() -> settings("sé cret"))
        .hasMessageContaining("set PERSPECTIVE_API_KEY anew")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("cret"));
    assertThatThrownBy(() -> PerspectiveSettings.of(URI.create("file:/x"), KEY))
        .hasMessageContaining("expected a web address");
    assertThatThrownBy(() -> PerspectiveScorer.of(PerspectiveSettings.none(), () -> {}))
        .hasMessageContaining("expected a key, got none; set PERSPECTIVE_API_KEY");
  }
}
