package io.lexiscope.train;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.base.OneLine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second run out of a folder. The system takes the lock back when a process is killed.
final class FolderLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  /// @throws TrainingException if another run holds the folder
  @MustBeClosed
  FolderLock(Path folder) {
    file = folder.resolve(".training.lock");
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new TrainingException(
            "train: expected a folder no other run writes to, got one at work in %s; wait for it, or choose another folder"
                .formatted(folder));
      }
    } catch (IOException e) {
      throw new TrainingException(
          "train: expected to write to %s, got %s; check the folder and the space left on the disk"
              .formatted(folder, OneLine.of(e)),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new TrainingException(
          "train: expected to remove %s, got %s; delete it by hand".formatted(file, OneLine.of(e)),
          e);
    }
  }
}
