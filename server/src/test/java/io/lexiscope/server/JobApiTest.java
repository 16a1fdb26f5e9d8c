package io.lexiscope.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.job.JobFile;
import io.lexiscope.workbench.job.JobState;
import io.lexiscope.workbench.job.JobView;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobApiTest {
  @TempDir private Path page;
  private Served served;

  @BeforeEach
  void start() {
    served = Served.on(page);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void aJobIsAcceptedWatchedAndRead() throws Exception {
    var accepted = served.post("/api/v1/jobs/generate", "{\"text\":\"a\",\"n\":3}");
    var job = ViewJson.read(accepted.body(), JobView.class);

    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Location")).hasValue("/api/v1/jobs/" + job.id());
    var events = served.get("/api/v1/jobs/" + job.id() + "/events");
    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    var finished = ViewJson.read(served.get("/api/v1/jobs/" + job.id()).body(), JobView.class);
    assertThat(finished.state()).isEqualTo(JobState.DONE);
    assertThat(finished.result()).isNotNull();
  }

  @Test
  void theFilesOfAFinishedJobAreSavedAndNoOthers() throws Exception {
    var job =
        ViewJson.read(
            served.post("/api/v1/jobs/generate", "{\"text\":\"a\",\"n\":3}").body(), JobView.class);
    var path = "/api/v1/jobs/" + job.id();
    var events = served.get(path + "/events").body();

    var finished = ViewJson.read(served.get(path).body(), JobView.class);
    assertThat(events).contains("\"files\":[{\"name\":\"result.json\"");
    assertThat(finished.files()).containsExactly(new JobFile("result.json", "application/json"));
    var file = served.get(path + "/files/result.json");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename*=UTF-8''result.json");
    assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(file.body()).contains("\"text\" : \" w2\"");
    for (var name : List.of("other.json", "..%2F..%2Fpom.xml", "%2Fetc%2Fpasswd")) {
      assertThat(served.get(path + "/files/" + name).statusCode()).as(name).isIn(400, 404);
    }
  }

  @Test
  void anUnfinishedJobHasNoFiles() throws Exception {
    var job =
        ViewJson.read(served.post("/api/v1/jobs/score", "{\"text\":\"a\"}").body(), JobView.class);
    served.working.await();

    assertThat(job.files()).isEmpty();
    assertThat(served.get("/api/v1/jobs/" + job.id() + "/files/result.json").statusCode())
        .isEqualTo(404);
    served.release.release();
  }

  @Test
  void eventsComeInOrderWithoutGaps() throws Exception {
    var answer =
        served.post(
            "/api/v1/generate",
            "{\"text\":\"a\",\"n\":500}",
            request -> request.header("Accept", "text/event-stream"));

    var ids = fields(answer.body(), "id: ");
    assertThat(ids).hasSize(503);
    assertThat(ids).isEqualTo(numbers(0, 503));
    assertThat(fields(answer.body(), "event: ").subList(0, 3))
        .containsExactly("state", "state", "token");
    assertThat(fields(answer.body(), "event: ")).endsWith("token", "state");
    assertThat(answer.body()).contains("\"text\":\" w499\"").contains("\"state\":\"done\"");
  }

  @Test
  void aLostStreamGoesOnAfterTheLastEvent() throws Exception {
    var job =
        ViewJson.read(
            served.post("/api/v1/jobs/generate", "{\"text\":\"a\",\"n\":10}").body(),
            JobView.class);

    var events =
        served.get(
            "/api/v1/jobs/" + job.id() + "/events",
            request -> request.header("Last-Event-ID", "7"));

    assertThat(fields(events.body(), "id: ")).isEqualTo(numbers(8, 13));
  }

  @Test
  void deletingAJobStopsIt() throws Exception {
    var job =
        ViewJson.read(served.post("/api/v1/jobs/score", "{\"text\":\"a\"}").body(), JobView.class);
    served.working.await();

    var delete = HttpRequest.newBuilder(served.uri("/api/v1/jobs/" + job.id())).DELETE().build();
    served.client.send(delete, BodyHandlers.ofString());

    served.stopped.await();
    var events = served.get("/api/v1/jobs/" + job.id() + "/events").body();
    assertThat(events).contains("\"state\":\"cancelled\"").contains("\"unit\":\"windows\"");
  }

  @Test
  void workStopsWhenTheClientOfAWaitingRequestLeaves() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
      send(socket, "score", "{\"text\":\"a\"}", "application/json");
      served.working.await();
    }

    assertThat(served.stopped.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void workStopsWhenTheClientOfAStreamLeaves() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
      send(socket, "score", "{\"text\":\"a\"}", "text/event-stream");
      served.working.await();
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

    assertThat(served.stopped.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aJobGoesOnWhenOneOfItsReadersLeaves() throws Exception {
    var job =
        ViewJson.read(served.post("/api/v1/jobs/score", "{\"text\":\"a\"}").body(), JobView.class);
    served.working.await();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
      var head = "GET /api/v1/jobs/" + job.id() + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

    served.release.release();

    assertThat(served.get("/api/v1/jobs/" + job.id() + "/events").body())
        .contains("\"state\":\"done\"");
  }

  @Test
  void aConnectionServesRequestAfterRequestWhileItIsWatched() throws Exception {
    for (var i = 0; i < 200; i++) {
      var answer = served.post("/api/v1/complete", "{\"prefix\":\"" + i + "\"}");
      assertThat(answer.body()).contains("\"text\":\"" + i + "\"");
    }
  }

  @Test
  void aRequestSentEarlyGetsNoWrongAnswer() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
      send(socket, "score", "{\"text\":\"a\"}", "application/json");
      served.working.await();
      send(socket, "complete", "{\"prefix\":\"early\"}", "application/json");
      Thread.sleep(100);
      served.release.release();
      var all = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(all).contains("\"perplexity\":2").contains("Connection: close");
    }
  }

  private static void send(Socket socket, String verb, String body, String accept)
      throws java.io.IOException {
    var head =
        "POST /api/v1/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(verb, accept, body.length());
    socket.getOutputStream().write((head + body).getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  private static List<String> fields(String stream, String name) {
    return stream
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .toList();
  }

  private static List<String> numbers(int from, int to) {
    return java.util.stream.IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }
}
