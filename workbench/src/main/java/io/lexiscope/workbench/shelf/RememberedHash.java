package io.lexiscope.workbench.shelf;

import io.lexiscope.base.Digest;
import io.lexiscope.base.WholeFile;
import io.lexiscope.model.weights.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Content hashes of large weights, kept so that a short command need not read gigabytes to say
/// which weights it used.
///
/// A kept hash holds for files at the same place, of the same size, times and identity. Files that
/// were changed just before they were read are not kept: another change within the same tick of the
/// file system's clock would go unseen. What is kept can be deleted at any time.
///
/// @param folder where hashes are kept; made when needed
/// @param fewestBytes of weights that are worth it
/// @see <a href="https://git-scm.com/docs/racy-git">racy git: files changed as they are read</a>
record RememberedHash(Path folder, long fewestBytes) {
  /// SHA-256 takes a tenth of a second for so much.
  private static final long WORTH_KEEPING = 64L << 20;

  private static final Duration SETTLED = Duration.ofSeconds(3);
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /// Hashes kept below a cache folder.
  static RememberedHash in(Path cache) {
    return new RememberedHash(cache.resolve("hashes"), WORTH_KEEPING);
  }

  /// The content hash of weights.
  String of(Checkpoint checkpoint) {
    if (checkpoint.bytes() < fewestBytes) {
      return checkpoint.contentHash();
    }
    try {
      return knownOrRead(checkpoint);
    } catch (IOException unreadable) {
      // Only the memory of hashes is out of order, and the weights can be read without it.
      return checkpoint.contentHash();
    }
  }

  private String knownOrRead(Checkpoint checkpoint) throws IOException {
    Instant begun = Instant.now();
    Described files = describe(checkpoint);
    Path kept = folder.resolve(name(checkpoint));
    Optional<String> known = read(kept, files.text());
    if (known.isPresent()) {
      checkpoint.rememberContentHash(known.get());
      return known.get();
    }
    String hash = checkpoint.contentHash();
    boolean settled = files.changed().plus(SETTLED).isBefore(begun);
    if (settled && describe(checkpoint).equals(files)) {
      write(kept, hash + "\n" + files.text());
    }
    return hash;
  }

  /// What tells these files from others, and when the youngest was changed.
  private record Described(String text, Instant changed) {}

  private static Described describe(Checkpoint checkpoint) throws IOException {
    StringBuilder text = new StringBuilder();
    Instant youngest = Instant.MIN;
    for (Path file : checkpoint.files()) {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      Instant changed = is.lastModifiedTime().toInstant();
      Instant attributes = changed;
      if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        // Cannot be set back, as the time of the last change can.
        Object time = Files.getAttribute(file, "unix:ctime");
        attributes = ((FileTime) time).toInstant();
      }
      text.append("%d %s %s %s %s%n".formatted(is.size(), changed, attributes, is.fileKey(), file));
      youngest = changed.isAfter(youngest) ? changed : youngest;
    }
    return new Described(text.toString(), youngest);
  }

  private static String name(Checkpoint checkpoint) {
    return Digest.sha256().add(checkpoint.place().toAbsolutePath().normalize().toString()).hex();
  }

  private static Optional<String> read(Path kept, String files) throws IOException {
    if (!Files.isRegularFile(kept)) {
      return Optional.empty();
    }
    // Whatever bytes are there: what is no text is not believed, and written anew.
    String text = new String(Files.readAllBytes(kept), StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    boolean valid =
        end > 0
            && HASH.matcher(text.substring(0, end)).matches()
            && text.substring(end + 1).equals(files);
    return valid ? Optional.of(text.substring(0, end)) : Optional.empty();
  }

  private void write(Path kept, String text) {
    try {
      Files.createDirectories(folder);
      WholeFile.write(kept, text);
    } catch (IOException full) {
      // The hash is known all the same; the next process computes it again.
      return;
    }
  }
}
