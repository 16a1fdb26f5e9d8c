package io.lexiscope.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClosingTest {
  @TempDir private Path page;

  @Test
  void closingEndsWaitingRequestsAndStreamsAndTheirWork() throws Exception {
    var served = Served.on(page);
    var waiting = asynchronously(() -> served.post("/api/v1/score", "{\"text\":\"a\"}"));
    var streaming =
        asynchronously(
            () ->
                served.post(
                    "/api/v1/score",
                    "{\"text\":\"a\"}",
                    request -> request.header("Accept", "text/event-stream")));
    while (served.get("/api/v1/jobs").body().split("\"running\"", -1).length < 3) {
      Thread.sleep(5);
    }

    served.server.close();

    served.stopped.await();
    assertThat(waiting.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    assertThat(streaming.handle((answer, failed) -> true).get(30, TimeUnit.SECONDS)).isTrue();
    served.close();
  }

  @Test
  void aServerCanBeClosedTwiceAndItsPortIsFreeAfterwards() {
    var served = Served.on(page);
    var port = served.server.port();
    served.close();
    served.server.close();

    try (var again = new Served(ServerConfig.loopback(port, page))) {
      assertThat(again.server.port()).isEqualTo(port);
    }
  }

  private interface Asking {
    HttpResponse<String> ask() throws Exception;
  }

  private static CompletableFuture<HttpResponse<String>> asynchronously(Asking asking) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return asking.ask();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }
}
