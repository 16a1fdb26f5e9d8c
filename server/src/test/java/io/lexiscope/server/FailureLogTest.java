package io.lexiscope.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FailureLogTest {
  private static final String TOKEN = "a-token-of-enough-length";

  @TempDir private Path page;
  private final Logger logger = Logger.getLogger(FailureLog.NAME);
  private final List<LogRecord> written = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          written.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  @Test
  void aMistakeOfOursIsLoggedUnderTheIdThatTheClientIsTold() throws Exception {
    try (var served = Served.on(page)) {
      var answer = served.post("/api/v1/info?secret=1", "{}");

      var id = answer.headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .contains("\"requestId\":\"" + id + "\"")
          .doesNotContain("at io.lexiscope");
      assertThat(written).hasSize(1);
      var entry = written.getFirst();
      assertThat(entry.getMessage())
          .isEqualTo("request " + id + " failed: POST /api/v1/info")
          .doesNotContain("secret");
      assertThat(entry.getThrown()).hasRootCauseMessage("a mistake of ours");
      assertThat(Objects.requireNonNull(entry.getThrown().getCause()).getStackTrace()).isNotEmpty();
    }
  }

  @Test
  void aJobsMistakeIsLoggedWithItsJob() throws Exception {
    try (var served = Served.on(page)) {
      var answer = served.post("/api/v1/jobs/info", "{}");
      while (written.isEmpty()) {
        Thread.sleep(5);
      }

      var id = answer.headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(written.getFirst().getMessage()).startsWith("request " + id + " failed: job ");
      assertThat(written.getFirst().getThrown()).hasMessage("a mistake of ours");
    }
  }

  @Test
  void aRefusalIsNoFailure() throws Exception {
    try (var served = Served.on(page)) {
      assertThat(served.post("/api/v1/complete", "{\"prefix\":\"\"}").body())
          .doesNotContain("requestId");
      assertThat(served.get("/api/v1/none").statusCode()).isEqualTo(404);

      assertThat(written).isEmpty();
    }
  }

  @Test
  void noLineHoldsTheToken() throws Exception {
    var limits = ServerLimits.standard();
    try (var served = new Served(new ServerConfig("127.0.0.1", 0, TOKEN, page, limits))) {
      var answer =
          served.post(
              "/api/v1/info?token=" + TOKEN,
              "{}",
              request -> request.header("Authorization", "Bearer " + TOKEN));

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(written).hasSize(1);
      assertThat(written.getFirst().getMessage()).doesNotContain(TOKEN);
      assertThat(answer.body()).doesNotContain(TOKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /a/%2e%2e/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n"
      })
  void whatIsNoRequestIsRefusedAsEveryOther(String sent) throws Exception {
    try (var served = Served.on(page)) {
      var answer = raw(served, sent);

      assertThat(answer)
          .startsWith("HTTP/1.1 ")
          .contains("application/problem+json")
          .containsIgnoringCase("X-Content-Type-Options: nosniff")
          .containsIgnoringCase("Content-Security-Policy: default-src 'self'")
          .doesNotContain("<html", "jetty", "Jetty");
    }
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    Files.writeString(page.resolve("index.html"), "<p>page</p>");
    try (var served = Served.on(page)) {
      for (var path :
          List.of("/", "/none.js", "/api/v1/health", "/api/v1/none", "/api/v1/jobs/x")) {
        var get = served.get(path);
        var head = served.get(path, request -> request.method("HEAD", BodyPublishers.noBody()));

        assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
        assertThat(head.body()).as(path).isEmpty();
        assertThat(head.headers().firstValue("Content-Type"))
            .isEqualTo(get.headers().firstValue("Content-Type"));
      }
    }
  }

  private static String raw(Served served, String sent) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(sent.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
