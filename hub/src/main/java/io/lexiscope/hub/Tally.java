package io.lexiscope.hub;

/// Adds up the bytes of a pull over its files.
final class Tally implements PullListener {
  private final PullListener listener;
  private long done;
  private long total;

  Tally(PullListener listener) {
    this.listener = listener;
  }

  /// One that tells nobody of its bytes and still stops when the listener wants to.
  static Tally silent(PullListener listener) {
    return new Tally(
        new PullListener() {
          @Override
          public void bytes(long done, long total) {}

          @Override
          public void check() {
            listener.check();
          }
        });
  }

  /// More bytes are to be fetched than was thought, or fewer.
  void expect(long more) {
    total += more;
    listener.bytes(done, total);
  }

  /// Bytes have arrived, or turned out worthless.
  void add(long more) {
    bytes(done + more, total);
  }

  @Override
  public void bytes(long done, long total) {
    this.done = done;
    this.total = total;
    listener.bytes(done, total);
  }

  @Override
  public void check() {
    listener.check();
  }
}
