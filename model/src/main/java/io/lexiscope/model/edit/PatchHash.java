package io.lexiscope.model.edit;

import io.lexiscope.model.intervene.FloatVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Hashes of what patches do.
final class PatchHash {
  private PatchHash() {}

  static String of(WeightPatch patch) {
    MessageDigest digest = sha256();
    digest.update(
        "%s\n%d\n%d\n%d\n"
            .formatted(patch.target(), patch.rank(), patch.inputs(), patch.outputs())
            .getBytes(StandardCharsets.UTF_8));
    for (PatchTerm term : patch.terms()) {
      update(digest, term.input());
      update(digest, term.output());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void update(MessageDigest digest, FloatVector vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector.toArray());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
