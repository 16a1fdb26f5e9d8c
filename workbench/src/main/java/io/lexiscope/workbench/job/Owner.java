package io.lexiscope.workbench.job;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/// A workbench that is alive, as a locked file that others can see: the lock ends with the process,
/// however it ends, and holds between containers that share the folder.
final class Owner implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private Owner(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /// Says that this workbench is alive.
  ///
  /// @param folder of the owners; made when it is not there
  static Owner alive(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(process() + "-" + UUID.randomUUID());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      return new Owner(file, channel, channel.lock());
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
  }

  String name() {
    return String.valueOf(file.getFileName());
  }

  /// Whether the workbench of a name is alive; the file of one that is not is removed.
  static boolean isAlive(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return false;
    }
    if (name.startsWith(process() + "-")) {
      // To open and close a file gives up the locks that this process has on it.
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        return true;
      }
      Files.deleteIfExists(file);
      return false;
    } catch (OverlappingFileLockException ours) {
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /// This process and no other that ever has its number.
  private static String process() {
    ProcessHandle self = ProcessHandle.current();
    long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return self.pid() + "-" + started;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    lock.close();
    channel.close();
  }
}
