package io.lexiscope.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PageFilesTest {
  @TempDir private Path folder;
  private Path page;
  private Served served;

  @BeforeEach
  void start() throws Exception {
    page = Files.createDirectories(folder.resolve("dist"));
    Files.writeString(folder.resolve("secret.txt"), "secret");
    served = Served.on(page);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void aPageThatIsNotBuiltSaysHowToBuildIt() throws Exception {
    var answer = served.get("/");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("The page is not built").contains("npm run build");
  }

  @Test
  void filesHaveTheirTypeAndAreCachedByTheirName() throws Exception {
    Files.writeString(page.resolve("index.html"), "<!doctype html><title>page</title>");
    Files.createDirectories(page.resolve("assets"));
    Files.writeString(page.resolve("assets/app-12ab.js"), "export {}");

    var front = served.get("/");
    var script = served.get("/assets/app-12ab.js");

    assertThat(front.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(front.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(script.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/javascript");
    assertThat(script.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
  }

  @Test
  void anUnchangedFileIsNotSentAgain() throws Exception {
    Files.writeString(page.resolve("index.html"), "one");
    var etag = served.get("/").headers().firstValue("ETag").orElseThrow();

    var again = served.get("/", request -> request.header("If-None-Match", etag));
    Files.writeString(page.resolve("index.html"), "two");
    var changed = served.get("/", request -> request.header("If-None-Match", etag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).isEqualTo("two");
  }

  @Test
  void largeTextIsCompressedForThoseWhoAccept() throws Exception {
    var text = "lens ".repeat(10_000);
    Files.writeString(page.resolve("index.html"), text);
    var request = HttpRequest.newBuilder(served.uri("/")).header("Accept-Encoding", "gzip").build();

    var answer = served.client.send(request, BodyHandlers.ofInputStream());

    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(new String(new GZIPInputStream(answer.body()).readAllBytes(), UTF_8))
        .isEqualTo(text);
    assertThat(served.get("/").body()).isEqualTo(text);
  }

  @Test
  void nothingOutsideTheFolderIsServed() throws Exception {
    Files.createSymbolicLink(page.resolve("link.txt"), folder.resolve("secret.txt"));

    for (var path :
        new String[] {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt"}) {
      var answer = served.get(path);
      assertThat(answer.statusCode()).as(path).isBetween(400, 404);
      assertThat(answer.body()).doesNotContain("secret\n").isNotEqualTo("secret");
    }
  }
}
