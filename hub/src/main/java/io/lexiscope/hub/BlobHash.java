package io.lexiscope.hub;

import io.lexiscope.base.Digest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Hashes a file as it comes and compares it with its identity on the hub: the SHA-256 of a large
/// file, the git blob SHA-1 of a small one. Some mirrors give the plain SHA-1 instead; some give
/// names of their own, which nothing can be compared with.
final class BlobHash {
  private static final int SHA_256_DIGITS = 64;
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");

  private final String etag;
  private final List<Digest> digests;
  private long length;

  private BlobHash(String etag, List<Digest> digests) {
    this.etag = etag;
    this.digests = digests;
  }

  /// A hash that has seen nothing yet.
  ///
  /// @param etag identity of the file
  /// @param size length of the file, bytes; part of a git blob's hash
  static BlobHash of(String etag, long size) {
    if (!isHash(etag)) {
      return new BlobHash(etag, List.of());
    }
    if (etag.length() == SHA_256_DIGITS) {
      return new BlobHash(etag, List.of(Digest.sha256()));
    }
    var blob = Digest.sha1().add("blob " + size + "\0");
    return new BlobHash(etag, List.of(blob, Digest.sha1()));
  }

  /// Whether an identity is a hash, so that a file can be compared with it.
  static boolean isHash(String etag) {
    return HASH.matcher(etag).matches();
  }

  /// Bytes seen.
  long length() {
    return length;
  }

  /// Sees the remaining bytes of a buffer, whose position stays where it is.
  void update(ByteBuffer bytes) {
    length += bytes.remaining();
    digests.forEach(digest -> digest.add(bytes));
  }

  /// Whether the bytes seen are the file, as far as its identity tells. Ends the hash.
  boolean matches() {
    if (digests.isEmpty()) {
      return true;
    }
    var wanted = etag.toLowerCase(Locale.ROOT);
    var matches = false;
    for (var digest : digests) {
      matches |= digest.hex().equals(wanted);
    }
    return matches;
  }
}
