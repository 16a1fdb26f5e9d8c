package io.lexiscope.server;

import java.time.Duration;

/// How much a client may ask for and how long a silent connection lives.
///
/// @param requestBytes largest request body, bytes
/// @param idle a connection on which nothing happens is closed after this time; a waiting request
///   is something
/// @param heartbeat a stream without events carries a comment this often, which also finds out that
///   the client has left
public record ServerLimits(int requestBytes, Duration idle, Duration heartbeat) {
  /// 4 MiB, one minute, five seconds.
  public static ServerLimits standard() {
    return new ServerLimits(
        /* requestBytes= */ 4 << 20, Duration.ofMinutes(1), Duration.ofSeconds(5));
  }
}
