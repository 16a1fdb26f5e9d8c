package io.lexiscope.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/// Reads on what a client still sends after it has been refused.
///
/// A connection that is closed while its client writes is reset, and the answer is lost with it
/// (RFC 9112, §9.6). So the rest of the body is read and thrown away first, as far as a limit of
/// bytes and one of time go; a client that sends more or more slowly than that is cut off.
final class UnreadBody {
  /// How many times the largest body that is taken is read on.
  private static final int FACTOR = 16;

  private final ServerLimits limits;

  UnreadBody(ServerLimits limits) {
    this.limits = limits;
  }

  /// Reads what nobody has read of the request's body; to be called before the answer is written.
  void discard(Context context) throws IOException, InterruptedException {
    if (!isAnnounced(context) || context.req().getInputStream().isFinished()) {
      return;
    }
    InputStream body = context.req().getInputStream();
    boolean[] ended = {false};
    Thread reader = Thread.ofVirtual().unstarted(() -> ended[0] = isReadToItsEnd(body));
    reader.start();
    if (!reader.join(limits.linger())) {
      reader.interrupt();
      reader.join();
    }
    if (!ended[0]) {
      context.header("Connection", "close");
    }
  }

  /// Whether the client is about to send a body. One that waits for leave to does not; it would be
  /// given by reading.
  private static boolean isAnnounced(Context context) {
    String expects = context.header("Expect");
    if (expects != null && expects.toLowerCase(Locale.ROOT).contains("100-continue")) {
      return false;
    }
    return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
  }

  private boolean isReadToItsEnd(InputStream body) {
    byte[] some = new byte[1 << 16];
    long left = (long) FACTOR * limits.requestBytes();
    try {
      while (left > 0) {
        int read = body.read(some);
        if (read < 0) {
          return true;
        }
        left -= read;
      }
      return false;
    } catch (IOException gone) {
      // The client has left, or its time is over: in either case there is no more to read.
      return false;
    }
  }
}
