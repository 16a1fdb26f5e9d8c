package io.lexiscope.base;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are whole, or as they were before: made under another name in the same folder, then
/// moved to their own in one step.
public final class WholeFile {
  private WholeFile() {}

  /// Makes the content of a file.
  @FunctionalInterface
  public interface Maker {
    /// Makes a file, or a link, that is not there yet. What must outlive a loss of power is forced
    /// to the disk here.
    void make(Path part) throws IOException;
  }

  /// Writes a text, UTF-8.
  ///
  /// @param file replaced if it exists; its folder does
  /// @throws IOException if it cannot be written; nothing is left behind
  public static void write(Path file, String text) throws IOException {
    write(file, part -> Files.writeString(part, text, StandardOpenOption.CREATE_NEW));
  }

  /// Writes a file.
  ///
  /// @param file replaced if it exists; its folder does
  /// @throws IOException if it cannot be written; nothing is left behind, nor is it where the maker
  ///   throws something else
  public static void write(Path file, Maker maker) throws IOException {
    // One name for each writer: others may write the same file at the same time.
    Path part =
        file.resolveSibling(
            ".%s.%d-%d-%d.part"
                .formatted(
                    file.getFileName(),
                    ProcessHandle.current().pid(),
                    Thread.currentThread().threadId(),
                    System.nanoTime()));
    try {
      maker.make(part);
      move(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /// Moves a file, or a folder to where none is, in one step where the file system can.
  ///
  /// @param to a file there is replaced
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException notHere) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
