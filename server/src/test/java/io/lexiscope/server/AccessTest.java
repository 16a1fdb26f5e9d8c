package io.lexiscope.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AccessTest {
  private static final String TOKEN = "a-token-of-enough-length";

  @TempDir private Path page;

  @Test
  void aForeignHostNamePointedHereGetsNothing() throws Exception {
    try (var served = Served.on(page)) {
      assertThat(raw(served, "Host: evil.example")).startsWith("HTTP/1.1 403");
      assertThat(raw(served, "Host: localhost.evil.example")).startsWith("HTTP/1.1 403");
      assertThat(raw(served, "Host: localhost")).startsWith("HTTP/1.1 200");
      assertThat(raw(served, "Host: [::1]:80")).startsWith("HTTP/1.1 200");
      assertThat(raw(served, "Host: 127.0.0.1:1234")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aPageOfAnotherOriginGetsNothingAndNoPermission() throws Exception {
    try (var served = Served.on(page)) {
      var answer =
          served.get("/api/v1/health", request -> request.header("Origin", "http://evil.example"));

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
      var own = "http://127.0.0.1:" + served.server.port();
      assertThat(
              served.get("/api/v1/health", request -> request.header("Origin", own)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void modelsAreFetchedForThisMachineAndForOthersOnlyWithLeave() throws Exception {
    var limits = ServerLimits.standard();
    try (var served = Served.on(page)) {
      assertThat(served.post("/api/v1/pull", "{\"id\":\"a/b\"}").statusCode()).isEqualTo(200);
    }
    try (var open = new Served(new ServerConfig("0.0.0.0", /* port= */ 0, TOKEN, page, limits))) {
      for (var path : List.of("/api/v1/pull", "/api/v1/jobs/pull")) {
        var answer = open.post(path + "?token=" + TOKEN, "{\"id\":\"a/b\"}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("--allow-writes");
      }
    }
    try (var allowed =
        new Served(
            new ServerConfig(
                "0.0.0.0", /* port= */ 0, TOKEN, page, limits.withWrites(/* allowed= */ true)))) {
      assertThat(allowed.post("/api/v1/pull?token=" + TOKEN, "{\"id\":\"a/b\"}").statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void everyAnswerForbidsForeignContent() throws Exception {
    try (var served = Served.on(page)) {
      var headers = served.get("/api/v1/health").headers();

      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'")
          .contains("frame-ancestors 'none'");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Server")).isEmpty();
    }
  }

  @Test
  void anAddressOpenToOthersWantsAToken() {
    assertThatThrownBy(
            () -> new ServerConfig("0.0.0.0", 0, /* token= */ null, page, ServerLimits.standard()))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("expected a token")
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("--token");
    assertThatThrownBy(
            () -> new ServerConfig("127.0.0.1", 0, "short", page, ServerLimits.standard()))
        .hasMessageContaining("at least 16 characters, got 5");
  }

  @Test
  void withATokenOnlyItsBearerIsServed() throws Exception {
    try (var served = withToken("0.0.0.0")) {
      assertThat(served.get("/api/v1/health").statusCode()).isEqualTo(401);
      assertThat(served.get("/").statusCode()).isEqualTo(401);
      assertThat(bearer(served, TOKEN + "x")).isEqualTo(401);
      assertThat(bearer(served, "")).isEqualTo(401);
      assertThat(bearer(served, TOKEN)).isEqualTo(200);
    }
  }

  @Test
  void aServerThatOthersCanReachWritesNoFiles() throws Exception {
    try (var served = withToken("0.0.0.0")) {
      var answer =
          served.post(
              "/api/v1/activations",
              "{\"text\":\"a\",\"at\":\"hook_embed\",\"output\":\"a.safetensors\"}",
              request -> request.header("Authorization", "Bearer " + TOKEN));

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("expected a server on loopback");
    }
  }

  @Test
  void thePrintedUrlTurnsItsTokenIntoACookie() throws Exception {
    try (var served = withToken("127.0.0.1")) {
      assertThat(served.server.url()).endsWith("/?token=" + TOKEN);

      var first = served.get("/?token=" + TOKEN);

      assertThat(first.statusCode()).isEqualTo(302);
      var cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
      var pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(
              served.get("/api/v1/health", request -> request.header("Cookie", pair)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aTakenPortIsOneLine() {
    try (var served = Served.on(page)) {
      var port = served.server.port();

      assertThatThrownBy(() -> new Served(ServerConfig.loopback(port, page)))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("expected port " + port)
          .hasMessageContaining("--port")
          .hasMessageNotContaining("\n");
    }
  }

  private Served withToken(String host) {
    return new Served(new ServerConfig(host, 0, TOKEN, page, ServerLimits.standard()));
  }

  private static int bearer(Served served, String token) throws Exception {
    return served
        .get("/api/v1/health", request -> request.header("Authorization", "Bearer " + token))
        .statusCode();
  }

  private static String raw(Served served, String header) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), served.server.port())) {
      var head = "GET /api/v1/health HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
