package io.lexiscope.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullsAtOnceTest {
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

  private void pullTwice(Hub first, Hub second) throws Exception {
    var begun = new CountDownLatch(1);
    fake.next(
        WEIGHTS,
        (exchange, content, from) -> {
          begun.countDown();
          FakeHub.whole().give(exchange, content, from);
        });
    Callable<Pulled> early = () -> first.pull(FakeHub.ID, null, PullListener.NONE);
    Callable<Pulled> late =
        () -> {
          begun.await();
          return second.pull(FakeHub.ID, null, PullListener.NONE);
        };
    try (var threads = Executors.newFixedThreadPool(2)) {
      var one = threads.submit(early);
      var two = threads.submit(late);

      assertThat(one.get().fetched() + two.get().fetched()).isEqualTo(one.get().bytes());
      assertThat(two.get().folder().resolve(WEIGHTS)).hasBinaryContent(fake.content(WEIGHTS));
    }
    assertThat(fake.bodiesOf(WEIGHTS)).hasSize(1);
  }

  @Test
  void twoPullsOfOneHubFetchEachFileOnce() throws Exception {
    var hub = fake.open(cache);
    pullTwice(hub, hub);
  }

  @Test
  void twoHubsOfOneCacheFetchEachFileOnce() throws Exception {
    pullTwice(fake.open(cache), fake.open(cache));
  }

  @Test
  void aPullThatWaitsForAnotherCanBeStopped() throws IOException {
    var lock = cache.resolve(".locks/models--acme--tiny/" + fake.etag(WEIGHTS) + ".lock");
    Files.createDirectories(lock.getParent());
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      var listener =
          new PullListener() {
            private int waited;
            private boolean begun;

            @Override
            public void bytes(long done, long total) {
              begun |= total > 0;
            }

            @Override
            public void check() {
              if (begun && waited++ >= 3) {
                throw new HubException(HubProblem.CANCELLED, "the work was cancelled");
              }
            }
          };

      assertThatThrownBy(() -> fake.open(cache).pull(FakeHub.ID, null, listener))
          .isInstanceOf(HubException.class)
          .hasMessage("the work was cancelled");
    }
    assertThat(fake.bodiesOf(WEIGHTS)).isEmpty();
  }

  @Test
  void aProgramThatKnowsNoLockAndWritesToTheSameFileIsNoticed() {
    var incomplete =
        cache.resolve("models--acme--tiny/blobs").resolve(fake.etag(WEIGHTS) + ".incomplete");
    PullListener meddling =
        (done, total) -> {
          if (done > 0 && done < total && Files.exists(incomplete)) {
            try {
              Files.write(incomplete, new byte[] {1}, StandardOpenOption.APPEND);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    fake.next(WEIGHTS, FakeHub.cutAfter(20_000));

    assertThatThrownBy(() -> fake.open(cache).pull(FakeHub.ID, null, meddling))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("another program");
  }
}
