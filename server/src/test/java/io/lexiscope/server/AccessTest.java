package io.lexiscope.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  void noVerbWritesWithoutLeaveWhereverTheClientIs() throws Exception {
    var limits = ServerLimits.standard();
    var requests =
        Map.of(
            "pull", "{\"id\":\"a/b\"}",
            "activations", "{\"text\":\"a\",\"at\":\"hook_embed\",\"output\":\"a.safetensors\"}");
    for (var host : List.of("127.0.0.1", "0.0.0.0")) {
      try (var served = new Served(new ServerConfig(host, 0, TOKEN, page, limits))) {
        for (var request : requests.entrySet()) {
          for (var path : List.of("/api/v1/", "/api/v1/jobs/")) {
            var answer =
                served.post(path + request.getKey(), request.getValue(), AccessTest::bearer);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("--allow-writes");
          }
        }
      }
    }
    try (var allowed =
        new Served(
            new ServerConfig(
                "127.0.0.1", 0, TOKEN, page, limits.withWrites(/* allowed= */ true)))) {
      assertThat(
              allowed
                  .post(
                      "/api/v1/pull",
                      Objects.requireNonNull(requests.get("pull")),
                      AccessTest::bearer)
                  .statusCode())
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
  void thePrintedUrlTurnsItsTokenIntoACookieAndLeavesTheAddress() throws Exception {
    try (var served = withToken("127.0.0.1")) {
      assertThat(served.server.url()).endsWith("/?token=" + TOKEN);

      var first = served.get("/?token=" + TOKEN);

      assertThat(first.statusCode()).isEqualTo(302);
      assertThat(first.headers().firstValue("Location").orElseThrow()).endsWith("/");
      assertThat(first.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-store");
      var cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
      var pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(
              served.get("/api/v1/health", request -> request.header("Cookie", pair)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void aBrowserComesInByThePrintedUrl() throws Exception {
    try (var served = withToken("127.0.0.1");
        var browser =
            HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
      var front = open(browser, served.server.url());

      assertThat(front.uri().getQuery()).isNull();
      assertThat(open(browser, served.uri("/api/v1/health").toString()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void serversOfOneHostKeepTheirCookiesApart() throws Exception {
    try (var one = withToken("127.0.0.1");
        var other = withToken("127.0.0.1")) {
      assertThat(cookieName(one)).isNotEqualTo(cookieName(other)).startsWith("lexiscope-token-");
    }
  }

  @Test
  void noAddressButTheFrontPagesCarriesTheToken() throws Exception {
    try (var served = withToken("127.0.0.1")) {
      assertThat(served.get("/api/v1/health?token=" + TOKEN).statusCode()).isEqualTo(401);
      assertThat(served.get("/index.html?token=" + TOKEN).statusCode()).isEqualTo(401);
      assertThat(served.get("/?token=" + TOKEN + "x").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whatIsHandedToABrowsersCommandLineOpensOnce() throws Exception {
    try (var served = withToken("127.0.0.1")) {
      var address = served.server.urlToOpen();
      assertThat(address).doesNotContain(TOKEN);

      var path = address.substring(address.lastIndexOf('/'));
      assertThat(served.get("/api/v1/health" + path.substring(1)).statusCode()).isEqualTo(401);
      assertThat(served.get(path).headers().firstValue("Set-Cookie")).isPresent();
      assertThat(served.get(path).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aPersonWithoutTheTokenReadsASentenceAndALinkFromElsewhereAsksOnceMore() throws Exception {
    try (var served = withToken("127.0.0.1")) {
      var person = served.get("/", request -> request.header("Accept", "text/html"));
      var followed =
          served.get(
              "/",
              request ->
                  request.header("Accept", "text/html").header("Sec-Fetch-Site", "cross-site"));

      assertThat(person.statusCode()).isEqualTo(401);
      assertThat(person.body()).contains("?token=").doesNotContain("<script", TOKEN);
      assertThat(followed.body()).contains("location.replace('/?again' + location.hash)");
      assertThat(followed.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("script-src 'sha256-");
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

  private static HttpResponse<String> open(HttpClient browser, String url) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String cookieName(Served served) throws Exception {
    var cookie = served.get("/?token=" + TOKEN).headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf('='));
  }

  private static HttpRequest.Builder bearer(HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + TOKEN);
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
