package io.lexiscope.train;

import io.lexiscope.train.recipe.Recipe;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/// Tells whether two recipes lead along the same path, so that one may go on where the other
/// stopped: number of steps, words and reports left out.
final class Fingerprint {
  private Fingerprint() {}

  static String of(Recipe recipe) {
    String text =
        recipe.task().name()
            + recipe.task().seed()
            + new TreeMap<>(recipe.task().options())
            + recipe.model()
            + recipe.fit().withSteps(1);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new TrainingException("train: expected SHA-256 in this Java, got none", e);
    }
  }
}
