package io.lexiscope.server;

import java.time.Duration;

/// How much a client may ask for and how long a silent connection lives.
///
/// @param requestBytes largest request body, bytes
/// @param idle a connection on which nothing happens is closed after this time; a waiting request
///   is something
/// @param heartbeat a stream without events carries a comment this often, which also finds out that
///   the client has left
/// @param writes whether clients may use verbs that write files or fetch models
/// @param linger how long the rest of a refused request is read, so that its client comes to read
///   the refusal
public record ServerLimits(
    int requestBytes, Duration idle, Duration heartbeat, boolean writes, Duration linger) {
  /// 4 MiB, one minute, five seconds, no files written, ten seconds.
  public static ServerLimits standard() {
    return new ServerLimits(
        /* requestBytes= */ 4 << 20,
        Duration.ofMinutes(1),
        Duration.ofSeconds(5),
        /* writes= */ false,
        /* linger= */ Duration.ofSeconds(10));
  }

  /// The same with leave to write files for all clients, or without.
  public ServerLimits withWrites(boolean allowed) {
    return new ServerLimits(requestBytes, idle, heartbeat, allowed, linger);
  }
}
