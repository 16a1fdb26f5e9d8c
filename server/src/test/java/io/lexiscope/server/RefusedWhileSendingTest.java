package io.lexiscope.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that writes its whole request before it reads a byte gets the refusal nevertheless.
@Timeout(60)
class RefusedWhileSendingTest {
  private static final String TOKEN = "a token of many letters";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String KNOWN = JSON + "Authorization: Bearer " + TOKEN + "\r\n";
  private static final int LARGE = 12 << 20;

  @TempDir private Path page;

  @SuppressWarnings("NullAway.Init") // every test starts it in its own way
  private Served served;

  @AfterEach
  void stop() {
    served.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST /api/v1/complete, KNOWN, 413",
    "POST /api/v1/jobs/complete, KNOWN, 413",
    "POST /api/v1/complete, PLAIN, 415",
    "POST /api/v1/complete, NOBODY, 401",
    "POST /api/v1/complete, FOREIGN, 403",
    "POST /api/v1/nonsense, KNOWN, 404",
    "POST /no/such/path, KNOWN, 405",
    "POST /, KNOWN, 405",
    "PUT /api/v1/complete, KNOWN, 405",
    "DELETE /api/v1/jobs/none, KNOWN, 404",
  })
  void aRefusalReachesWhoWritesEverythingFirst(String line, String who, int status)
      throws IOException {
    start(Duration.ofSeconds(10));
    String more =
        switch (who) {
          case "KNOWN" -> KNOWN;
          case "PLAIN" -> KNOWN.replace("application/json", "text/plain");
          case "FOREIGN" -> KNOWN + "Origin: http://elsewhere.example\r\n";
          default -> JSON;
        };

    try (Socket client = connect()) {
      write(client, head(line, more + "Content-Length: " + LARGE + "\r\n"), new byte[LARGE]);

      assertThat(statusLine(client)).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void aBodyWithoutALengthIsReadOnToo() throws IOException {
    start(Duration.ofSeconds(10));
    try (Socket client = connect()) {
      var out = client.getOutputStream();
      out.write(head("POST /api/v1/complete", KNOWN + "Transfer-Encoding: chunked\r\n"));
      for (int i = 0; i < LARGE >> 16; i++) {
        out.write("10000\r\n".getBytes(ISO_8859_1));
        out.write(new byte[1 << 16]);
        out.write("\r\n".getBytes(ISO_8859_1));
      }
      out.write("0\r\n\r\n".getBytes(ISO_8859_1));

      assertThat(statusLine(client)).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void aConnectionThatWasReadToItsEndServesTheNextRequest() throws IOException {
    start(Duration.ofSeconds(10));
    try (Socket client = connect()) {
      write(client, head("POST /no/such/path", KNOWN + "Content-Length: 1000\r\n"), new byte[1000]);
      write(client, head("GET /api/v1/health", KNOWN + "Connection: close\r\n"), new byte[0]);

      String both = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(both).startsWith("HTTP/1.1 405 ").contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void aClientThatFallsSilentIsAnsweredWhenItsTimeIsOver() throws IOException {
    start(Duration.ofMillis(300));
    try (Socket client = connect()) {
      long before = System.nanoTime();
      write(
          client,
          head("POST /api/v1/complete", KNOWN + "Content-Length: 9000000\r\n"),
          new byte[9]);

      String all = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(all).startsWith("HTTP/1.1 413 ").contains("Connection: close");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
    }
  }

  @Test
  void aClientThatAsksForLeaveIsRefusedBeforeItSends() throws IOException {
    start(Duration.ofSeconds(50));
    try (Socket client = connect()) {
      String headers = KNOWN + "Expect: 100-continue\r\nContent-Length: " + LARGE + "\r\n";
      write(client, head("POST /api/v1/complete", headers), new byte[0]);

      assertThat(statusLine(client)).startsWith("HTTP/1.1 413 ");
    }
  }

  private void start(Duration linger) {
    var limits = ServerLimits.standard();
    served =
        new Served(
            new ServerConfig(
                "127.0.0.1",
                /* port= */ 0,
                TOKEN,
                page,
                new ServerLimits(
                    /* requestBytes= */ 1 << 20,
                    limits.idle(),
                    limits.heartbeat(),
                    limits.writes(),
                    linger)));
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), served.server.port());
  }

  private static byte[] head(String line, String headers) {
    return (line + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n").getBytes(ISO_8859_1);
  }

  private static void write(Socket client, byte[] head, byte[] body) throws IOException {
    client.getOutputStream().write(head);
    client.getOutputStream().write(body);
  }

  private static String statusLine(Socket client) throws IOException {
    var line = new StringBuilder();
    var in = client.getInputStream();
    for (int read = in.read(); read >= 0 && read != '\r'; read = in.read()) {
      line.append((char) read);
    }
    return line.toString();
  }
}
