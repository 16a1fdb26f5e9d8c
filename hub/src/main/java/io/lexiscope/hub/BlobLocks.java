package io.lexiscope.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one pull at a time fetch a file: among threads by a lock in memory, among processes by one
/// on a file.
///
/// Where a file system knows no locks, the file is fetched without; [BlobFetch] notices when
/// another process writes to it.
final class BlobLocks {
  private final Map<Path, ReentrantLock> threads = new ConcurrentHashMap<>();

  /// A lock that is held until it is closed.
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits for a lock.
  ///
  /// @param file the lock file; made when there is none, and left
  /// @param listener may stop the wait
  Held hold(Path file, PullListener listener) throws IOException {
    // A process loses its lock on a file when it closes any channel to it, so the file is opened
    // only by the thread whose turn it is.
    var turn = threads.computeIfAbsent(file, _ -> new ReentrantLock());
    try {
      do {
        listener.check();
      } while (!turn.tryLock(Pace.CHECK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw Pace.interrupted();
    }
    try {
      var channel = lock(file, listener);
      return () -> {
        close(channel);
        turn.unlock();
      };
    } catch (IOException | RuntimeException e) {
      turn.unlock();
      throw e;
    }
  }

  private static FileChannel lock(Path file, PullListener listener) throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      while (!tryLock(channel)) {
        listener.check();
        Thread.sleep(Pace.CHECK_MILLIS);
      }
      return channel;
    } catch (InterruptedException e) {
      close(channel);
      throw Pace.interrupted();
    } catch (RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private static boolean tryLock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with the channel, whatever closing it says.
      return;
    }
  }
}
