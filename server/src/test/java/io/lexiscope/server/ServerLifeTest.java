package io.lexiscope.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLifeTest {
  @Test
  void joiningWaitsUntilTheServerIsClosed(@TempDir Path page) throws Exception {
    var joined = new CompletableFuture<Void>();
    var served = Served.on(page);
    var waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    served.server.join();
                    joined.complete(null);
                  } catch (InterruptedException e) {
                    joined.completeExceptionally(e);
                  }
                });
    waiting.join(200);
    assertThat(joined).isNotDone();

    served.close();

    joined.get(20, TimeUnit.SECONDS);
    assertThat(joined).isCompleted();
  }
}
