package io.lexiscope.hub;

/// Hears how a pull goes on and may stop it. Called on the thread of the pull.
public interface PullListener {
  /// Hears nothing.
  PullListener NONE = (done, total) -> {};

  /// Bytes have arrived.
  ///
  /// @param done bytes that this pull has fetched
  /// @param total bytes that this pull has to fetch; what earlier pulls have fetched is not counted
  void bytes(long done, long total);

  /// Called several times a second while the pull waits; throws to stop it. What has arrived is
  /// kept.
  default void check() {}
}
