package io.lexiscope.index;

import java.util.logging.Level;
import java.util.logging.Logger;

/// Lucene says on standard error that it could use the vector module of the JVM. Nothing here is
/// computed by Lucene, so that there is nothing to gain.
final class LuceneLog {
  /// Held, as loggers that nobody holds forget their level.
  private static final Logger VECTORIZATION =
      Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

  private LuceneLog() {}

  static void quieten() {
    VECTORIZATION.setLevel(Level.SEVERE);
  }
}
