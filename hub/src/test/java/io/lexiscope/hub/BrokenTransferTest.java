package io.lexiscope.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lexiscope.hub.FakeHub.Asked;
import io.lexiscope.hub.Pulled.PulledFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenTransferTest {
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private Path cache;

  private FakeHub fake;

  @BeforeEach
  void open() throws IOException {
    fake = new FakeHub();
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private Pulled pull() {
    return fake.open(cache).pull(FakeHub.ID, null, PullListener.NONE);
  }

  private Path blob() {
    return cache.resolve("models--acme--tiny/blobs").resolve(fake.etag(WEIGHTS));
  }

  private Path incomplete() {
    return blob().resolveSibling(blob().getFileName() + ".incomplete");
  }

  private void assertWhole(Pulled pulled) {
    assertThat(pulled.folder().resolve(WEIGHTS)).hasBinaryContent(fake.content(WEIGHTS));
    assertThat(incomplete()).doesNotExist();
  }

  private void assertNothingOpens() {
    assertThat(blob()).doesNotExist();
    assertThat(new HubCache(cache).find(FakeHub.ID, null)).isEmpty();
    assertThat(cache.resolve("models--acme--tiny/refs")).doesNotExist();
  }

  @Test
  void aCutTransferGoesOnWhereItBroke() {
    fake.next(WEIGHTS, FakeHub.cutAfter(20_000), FakeHub.cutAfter(20_000));

    var pulled = pull();

    assertWhole(pulled);
    assertThat(fake.bodiesOf(WEIGHTS))
        .extracting(Asked::range)
        .containsExactly("", "bytes=20000-", "bytes=40000-");
    assertThat(pulled.fetched()).isEqualTo(pulled.bytes());
  }

  @Test
  void aPullAfterAFailedOneTransfersOnlyTheRest() {
    fake.next(WEIGHTS, FakeHub.cutAfter(30_000)).always(WEIGHTS, FakeHub.cutAfter(0));

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("4 times without getting further; pull again later: what has")
        .message()
        .doesNotContain("\n");
    assertNothingOpens();
    assertThat(incomplete()).hasSize(30_000);

    try (var well = copyOf(fake)) {
      var pulled = well.open(cache).pull(FakeHub.ID, null, PullListener.NONE);

      assertWhole(pulled);
      assertThat(well.bodiesOf(WEIGHTS)).extracting(Asked::range).containsExactly("bytes=30000-");
    }
  }

  @Test
  void aCancelledPullKeepsWhatHasArrived() {
    PullListener impatient =
        (done, total) -> {
          if (done >= 10_000) {
            throw new HubException(HubProblem.CANCELLED, "the work was cancelled");
          }
        };

    assertThatThrownBy(() -> fake.open(cache).pull(FakeHub.ID, null, impatient))
        .isInstanceOf(HubException.class)
        .hasMessage("the work was cancelled");
    assertNothingOpens();

    var kept = incomplete().toFile().length();
    assertThat(kept).isGreaterThanOrEqualTo(10_000);
    var pulled = pull();
    assertWhole(pulled);
    assertThat(pulled.fetched()).isEqualTo(pulled.bytes() - kept);
  }

  @Test
  void aPullCanBeStoppedWhileTheServerIsSilent() {
    var never = new CountDownLatch(1);
    fake.always(
        WEIGHTS,
        (exchange, content, from) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 10);
          exchange.getResponseBody().flush();
          await(never);
        });
    var listener =
        new PullListener() {
          private boolean begun;

          @Override
          public void bytes(long done, long total) {
            begun |= done > 0;
          }

          @Override
          public void check() {
            if (begun) {
              throw new HubException(HubProblem.CANCELLED, "the work was cancelled");
            }
          }
        };

    assertThatThrownBy(() -> fake.open(cache).pull(FakeHub.ID, null, listener))
        .isInstanceOf(HubException.class)
        .hasMessage("the work was cancelled");
    never.countDown();
  }

  @Test
  void aServerThatStaysSilentIsGivenUp() {
    var never = new CountDownLatch(1);
    fake.always(
        WEIGHTS,
        (exchange, content, from) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().flush();
          await(never);
        });
    var hub =
        new Hub(
            fake.settings(cache),
            new Pace(
                Duration.ofSeconds(30),
                Duration.ofMillis(150),
                /* attempts= */ 2,
                Duration.ofMillis(1),
                Duration.ofMillis(1)),
            SnapshotLinks.standard());

    assertThatThrownBy(() -> hub.pull(FakeHub.ID, null, PullListener.NONE))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("got nothing for");
    never.countDown();
  }

  @Test
  void aServerThatIgnoresTheRangeIsTakenFromTheStart() {
    fake.next(WEIGHTS, FakeHub.cutAfter(20_000), FakeHub.instead(fake.content(WEIGHTS)));

    var pulled = pull();

    assertWhole(pulled);
    assertThat(pulled.fetched()).isEqualTo(pulled.bytes() + 20_000);
  }

  @Test
  void aServerThatIgnoresTheRangeAndAlwaysCutsIsGivenUp() {
    fake.always(
        WEIGHTS, (exchange, content, from) -> FakeHub.cutAfter(20_000).give(exchange, content, 0));

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("4 times without getting further");
    assertNothingOpens();
  }

  @Test
  void aPartOfAnotherPlaceIsNotWritten() {
    fake.next(
        WEIGHTS,
        FakeHub.cutAfter(20_000),
        (exchange, content, from) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 5-49999/50000");
          exchange.sendResponseHeaders(206, content.length - 5);
          exchange.getResponseBody().write(content, 5, content.length - 5);
        });

    assertWhole(pull());
  }

  @Test
  void aPartOfAFileOfAnotherLengthIsNotWritten() {
    fake.next(
        WEIGHTS,
        FakeHub.cutAfter(20_000),
        (exchange, content, from) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 20000-29999/30000");
          exchange.sendResponseHeaders(206, 10_000);
          exchange.getResponseBody().write(content, from, 10_000);
        });

    assertWhole(pull());
  }

  @Test
  void aRangeTheServerDoesNotHaveBeginsAnew() {
    fake.next(WEIGHTS, FakeHub.cutAfter(20_000), FakeHub.status(416));

    assertWhole(pull());
  }

  @Test
  void aBodyOfAnotherLengthIsFetchedAgain() {
    fake.next(
        WEIGHTS, FakeHub.instead(FakeHub.bytes(49_999)), FakeHub.instead(FakeHub.bytes(50_001)));

    assertWhole(pull());
  }

  @Test
  void aBodyThatIsAlwaysOfAnotherLengthIsRefused() {
    fake.always(WEIGHTS, FakeHub.instead(FakeHub.bytes(49_999)));

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("expected 50000 bytes")
        .hasMessageContaining("got a body of 49999 bytes 4 times");
    assertNothingOpens();
  }

  @Test
  void aBodyThatEndsEarlyWithoutSayingSoIsContinued() {
    fake.next(WEIGHTS, FakeHub.chunked(Arrays.copyOf(fake.content(WEIGHTS), 12_345)));

    assertWhole(pull());
    assertThat(fake.bodiesOf(WEIGHTS)).extracting(Asked::range).containsExactly("", "bytes=12345-");
  }

  @Test
  void aBodyThatGoesOnAfterItsEndIsFetchedAgain() {
    fake.next(WEIGHTS, FakeHub.chunked(FakeHub.bytes(60_000)));

    assertWhole(pull());
  }

  @Test
  void aBodyOfAnotherHashIsFetchedAgain() {
    fake.next(WEIGHTS, FakeHub.instead(new byte[50_000]));

    assertWhole(pull());
  }

  @Test
  void aSmallFileOfAnotherHashIsFetchedAgain() {
    fake.next(
        "config.json",
        FakeHub.instead("{\"model_type\":\"gpt3\"}".getBytes(StandardCharsets.UTF_8)));

    assertThat(pull().folder().resolve("config.json")).hasContent("{\"model_type\":\"gpt2\"}");
  }

  @Test
  void aBodyThatIsAlwaysOfAnotherHashIsRefusedAndNotKept() {
    fake.always(WEIGHTS, FakeHub.instead(new byte[50_000]));

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("with the identity " + fake.etag(WEIGHTS))
        .hasMessageContaining("got another hash 3 times");
    assertNothingOpens();
    assertThat(incomplete()).isEmptyFile();
  }

  @Test
  void aDamagedRemnantIsNoticedAndFetchedAnew() throws IOException {
    Files.createDirectories(blob().getParent());
    Files.write(incomplete(), new byte[20_000]);

    assertWhole(pull());
    assertThat(fake.bodiesOf(WEIGHTS)).extracting(Asked::range).containsExactly("bytes=20000-", "");
  }

  @Test
  void aRemnantThatIsTooLongIsFetchedAnew() throws IOException {
    Files.createDirectories(blob().getParent());
    Files.write(incomplete(), new byte[70_000]);

    assertWhole(pull());
  }

  @Test
  void aWholeRemnantNeedsNoTransfer() throws IOException {
    Files.createDirectories(blob().getParent());
    Files.write(incomplete(), fake.content(WEIGHTS));

    assertWhole(pull());
    assertThat(fake.bodiesOf(WEIGHTS)).isEmpty();
  }

  @Test
  void aBlobOfAnotherLengthIsFetchedAgain() throws IOException {
    pull();
    Files.write(blob(), new byte[7]);

    assertWhole(pull());
  }

  @Test
  void aFailingServerIsAskedAgain() {
    fake.next("about", FakeHub.status(500), FakeHub.status(429));
    fake.next("HEAD " + WEIGHTS, FakeHub.status(502));
    fake.next(WEIGHTS, FakeHub.status(503), FakeHub.status(504));

    assertWhole(pull());
  }

  @Test
  void anExpiredAddressIsAskedForAnew() {
    fake.next(WEIGHTS, FakeHub.status(403));

    assertWhole(pull());
    assertThat(fake.asked)
        .filteredOn(a -> a.server().equals("hub") && a.method().equals("GET"))
        .filteredOn(a -> a.path().endsWith(WEIGHTS))
        .hasSize(2);
  }

  @Test
  void aServerThatKeepsFailingIsGivenUp() {
    for (var i = 0; i < 4; i++) {
      fake.next("about", FakeHub.status(500));
    }

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageStartingWith("pull: expected an answer from " + fake.address())
        .hasMessageContaining("got status 500 4 times");
  }

  @Test
  void aFileWithoutAHashIsComparedByItsLengthAndSaidToBe() {
    var length = fake.content("config.json").length;
    fake.next("HEAD config.json", named("\"abc-2\"", length));
    fake.next("config.json", FakeHub.instead(new byte[length - 1]));

    var pulled = pull();

    assertThat(pulled.folder().resolve("config.json")).hasContent("{\"model_type\":\"gpt2\"}");
    assertThat(pulled.files())
        .filteredOn(file -> !file.checked())
        .extracting(PulledFile::name)
        .containsExactly("config.json");
  }

  @Test
  void anIdentityThatIsNoNameOfAFileIsRefused() {
    fake.next("HEAD config.json", named("\"../../elsewhere\"", /* length= */ 20));

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("got ../../elsewhere from");
  }

  @Test
  void theLengthIsAskedOfTheSecondHostWhenTheHubDoesNotTellIt() {
    fake.next(
        "HEAD " + WEIGHTS,
        (exchange, content, from) -> {
          exchange.getResponseHeaders().remove("X-Linked-Size");
          exchange.sendResponseHeaders(302, -1);
        },
        (exchange, content, from) -> exchange.sendResponseHeaders(302, -1));

    assertWhole(pull());
  }

  private static FakeHub.Answer named(String etag, int length) {
    return (exchange, content, from) -> {
      exchange.getResponseHeaders().set("ETag", etag);
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(length));
      exchange.sendResponseHeaders(200, -1);
    };
  }

  @Test
  void aFullDiskEndsThePullAtOnce() throws IOException {
    var full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "a device that is always full");
    Files.createDirectories(blob().getParent());
    Files.createSymbolicLink(incomplete(), full);

    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("make room");
    assertThat(fake.bodiesOf(WEIGHTS)).hasSize(1);
    assertNothingOpens();
    Files.delete(incomplete());
  }

  private static FakeHub copyOf(FakeHub other) {
    try {
      var copy = new FakeHub();
      copy.files.putAll(other.files);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
