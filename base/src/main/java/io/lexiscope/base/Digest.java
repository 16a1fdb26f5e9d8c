package io.lexiscope.base;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A hash of bytes as they come.
public final class Digest {
  private final MessageDigest digest;

  private Digest(String algorithm) {
    try {
      this.digest = MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "digest: expected %s in every Java runtime, got none".formatted(algorithm), e);
    }
  }

  /// SHA-256 of nothing yet.
  public static Digest sha256() {
    return new Digest("SHA-256");
  }

  /// SHA-1 of nothing yet: for names that others give, as git does, never for our own.
  public static Digest sha1() {
    return new Digest("SHA-1");
  }

  /// Adds a text, UTF-8.
  public Digest add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Adds bytes.
  public Digest add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /// Adds the remaining bytes of a buffer, whose position stays where it is.
  public Digest add(ByteBuffer bytes) {
    digest.update(bytes.duplicate());
    return this;
  }

  /// The hash of all that was added. Begins anew.
  public byte[] bytes() {
    return digest.digest();
  }

  /// The hash of all that was added, as small hexadecimal digits. Begins anew.
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }
}
