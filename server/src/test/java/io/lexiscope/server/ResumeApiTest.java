package io.lexiscope.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.hub.find.ModelPlaces;
import io.lexiscope.workbench.WorkLimits;
import io.lexiscope.workbench.Workbench;
import io.lexiscope.workbench.WorkbenchSettings;
import io.lexiscope.workbench.ask.ViewJson;
import io.lexiscope.workbench.job.JobState;
import io.lexiscope.workbench.job.JobView;
import io.lexiscope.workbench.shelf.Build;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that another process left, gone on with over HTTP.
@Timeout(120)
class ResumeApiTest {
  private static final Path GOLDEN = Path.of("../model/src/test/resources/golden");
  private static final String ID = "00000000-0000-0000-0000-00000000000%d";

  @TempDir private Path home;
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.shutdownNow();
  }

  @Test
  void anInterruptedJobGoesOnUnderItsId() throws Exception {
    String id = left(1, "index", "{\"model\":\"gpt2-a\"}");

    try (var served = new Server(/* writes= */ false)) {
      var answer = served.resume(id);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(ViewJson.read(answer.body(), JobView.class).id()).isEqualTo(id);

      assertThat(served.await(id)).isEqualTo(JobState.DONE);
      assertThat(served.resume(id).body()).contains("which is done");
    }
  }

  @Test
  void oneThatReplacesWhatOthersUseTakesLeaveToWriteAsAskingForItDoes() throws Exception {
    String rebuild = left(2, "index", "{\"model\":\"gpt2-a\",\"rebuild\":true}");
    String train = left(3, "train", "{\"recipe\":\"counting\",\"output\":\"run\"}");

    try (var served = new Server(/* writes= */ false)) {
      for (String id : List.of(rebuild, train)) {
        var answer = served.resume(id);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("--allow-writes");
      }
    }
    try (var served = new Server(/* writes= */ true)) {
      assertThat(served.resume(rebuild).statusCode()).isEqualTo(202);
      assertThat(served.await(rebuild)).isEqualTo(JobState.DONE);
    }
  }

  @Test
  void whatCannotGoOnIsSaid() throws Exception {
    String score = left(4, "score", "{\"model\":\"gpt2-a\",\"tokens\":[1,2,3]}");

    try (var served = new Server(/* writes= */ true)) {
      var answer = served.resume(score);
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("a verb that can go on, got score");
      assertThat(served.resume(ID.formatted(9)).statusCode()).isEqualTo(404);
    }
  }

  /// The folder of a job whose process died while it ran.
  private String left(int number, String verb, String request) throws IOException {
    String id = ID.formatted(number);
    Path folder = Files.createDirectories(home.resolve("cache/jobs").resolve(id));
    Files.writeString(folder.resolve("request.json"), request);
    Files.writeString(
        folder.resolve("job.json"),
        """
        {"owner":"1-1-dead","resumable":true,"job":{"id":"%s","verb":"%s","subject":"x",
         "state":"running","submittedAt":"2026-01-01T00:00:00Z","files":[]}}
        """
            .formatted(id, verb));
    return id;
  }

  /// A server on what is left.
  private final class Server implements AutoCloseable {
    private final Workbench workbench;
    private final LexiscopeServer server;

    Server(boolean writes) {
      var places =
          new ModelPlaces(
              GOLDEN, List.of(), GOLDEN.resolve("none"), "gpt2-a", home.resolve("cache"));
      workbench =
          Workbench.open(
              new WorkbenchSettings(places, new Build("0", "25"), WorkLimits.standard()));
      server =
          LexiscopeServer.start(
              new ServerConfig(
                  "127.0.0.1",
                  /* port= */ 0,
                  /* token= */ null,
                  home,
                  ServerLimits.standard().withWrites(writes)),
              workbench);
    }

    HttpResponse<String> resume(String id) throws IOException, InterruptedException {
      return client.send(
          HttpRequest.newBuilder(uri("/api/v1/jobs/" + id + "/resume"))
              .POST(BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }

    /// The state of a job once its events end.
    JobState await(String id) throws IOException, InterruptedException {
      client.send(
          HttpRequest.newBuilder(uri("/api/v1/jobs/" + id + "/events")).build(),
          BodyHandlers.ofString());
      var seen =
          client.send(
              HttpRequest.newBuilder(uri("/api/v1/jobs/" + id)).build(), BodyHandlers.ofString());
      return ViewJson.read(seen.body(), JobView.class).state();
    }

    private URI uri(String path) {
      return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
      server.close();
      workbench.close();
    }
  }
}
