package io.lexiscope.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A body that is read as it comes: at most one delivery waits, a silent server is noticed, and the
/// reader is asked meanwhile whether it wants to go on.
final class Body implements BodySubscriber<Body>, AutoCloseable {
  private final BlockingQueue<Delivery> queue = new LinkedBlockingQueue<>();
  private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private sealed interface Delivery {}

  private record Bytes(List<ByteBuffer> buffers) implements Delivery {}

  private record Broken(Throwable cause) implements Delivery {}

  private record End() implements Delivery {}

  /// The next bytes.
  ///
  /// @param listener may stop the wait
  /// @param silence how long to wait
  /// @return the bytes, null at the end
  /// @throws IOException when the connection breaks or stays silent
  @Nullable List<ByteBuffer> next(PullListener listener, Duration silence) throws IOException {
    var deadline = System.nanoTime() + silence.toNanos();
    while (true) {
      listener.check();
      Delivery delivery;
      try {
        delivery = queue.poll(Pace.CHECK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw Pace.interrupted();
      }
      if (delivery == null) {
        if (System.nanoTime() - deadline >= 0) {
          throw new HttpTimeoutException("nothing for " + silence.toSeconds() + " s");
        }
        continue;
      }
      return switch (delivery) {
        case Bytes(var buffers) -> {
          var source = subscription.get();
          if (source != null) {
            source.request(1);
          }
          yield buffers;
        }
        case Broken(var cause) ->
            throw new IOException(
                cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(),
                cause);
        case End() -> null;
      };
    }
  }

  /// The whole body.
  ///
  /// @param limit most bytes to take
  /// @throws IOException when it breaks or is longer
  byte[] all(int limit, PullListener listener, Duration silence) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var more = next(listener, silence); more != null; more = next(listener, silence)) {
      for (var buffer : more) {
        if (bytes.size() + buffer.remaining() > limit) {
          throw new IOException("a body of more than " + limit + " bytes");
        }
        var chunk = new byte[buffer.remaining()];
        buffer.get(chunk);
        bytes.writeBytes(chunk);
      }
    }
    return bytes.toByteArray();
  }

  /// Takes no more; the connection is dropped unless the body has ended.
  @Override
  public void close() {
    closed.set(true);
    var source = subscription.get();
    if (source != null) {
      source.cancel();
    }
  }

  @Override
  public CompletionStage<Body> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription.set(source);
    if (closed.get()) {
      source.cancel();
    } else {
      source.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    queue.add(new Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    queue.add(new Broken(cause));
  }

  @Override
  public void onComplete() {
    queue.add(new End());
  }
}
