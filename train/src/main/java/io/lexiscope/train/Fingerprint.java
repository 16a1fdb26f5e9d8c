package io.lexiscope.train;

import io.lexiscope.base.Digest;
import io.lexiscope.train.recipe.Recipe;
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
    return Digest.sha256().add(text).hex();
  }
}
