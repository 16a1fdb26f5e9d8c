package io.lexiscope.workbench.hub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Hashes a file as it comes and compares it with its identity on the hub: the SHA-256 of a large
/// file, the git blob SHA-1 of a small one. Some mirrors give the plain SHA-1 instead.
final class BlobHash {
  private final String etag;
  private final List<MessageDigest> digests;
  private long length;

  private BlobHash(String etag, List<MessageDigest> digests) {
    this.etag = etag;
    this.digests = digests;
  }

  /// A hash that has seen nothing yet.
  ///
  /// @param etag identity of the file
  /// @param size length of the file, bytes; part of a git blob's hash
  /// @return the hash, empty when the identity is of no known form
  static Optional<BlobHash> of(String etag, long size) {
    if (etag.matches("[0-9a-fA-F]{64}")) {
      return Optional.of(new BlobHash(etag, List.of(digest("SHA-256"))));
    }
    if (etag.matches("[0-9a-fA-F]{40}")) {
      var blob = digest("SHA-1");
      blob.update(("blob " + size + "\0").getBytes(StandardCharsets.UTF_8));
      return Optional.of(new BlobHash(etag, List.of(blob, digest("SHA-1"))));
    }
    return Optional.empty();
  }

  /// Bytes seen.
  long length() {
    return length;
  }

  /// Sees the remaining bytes of a buffer, whose position stays where it is.
  void update(ByteBuffer bytes) {
    length += bytes.remaining();
    digests.forEach(digest -> digest.update(bytes.duplicate()));
  }

  /// Whether the bytes seen are the file. Ends the hash.
  boolean matches() {
    var wanted = etag.toLowerCase(Locale.ROOT);
    var matches = false;
    for (var digest : digests) {
      matches |= HexFormat.of().formatHex(digest.digest()).equals(wanted);
    }
    return matches;
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "digest: expected " + algorithm + " in every Java runtime, got none", e);
    }
  }
}
