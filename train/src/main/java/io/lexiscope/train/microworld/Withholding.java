package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import java.util.OptionalInt;

/// Decides which phrasings training never shows: for a third of all subjects (by hash) one phrasing
/// of every relation, a different one for different subjects (by hash of relation and subject).
public final class Withholding {
  private Withholding() {}

  /// Returns the index of the withheld phrasing, empty if all are shown.
  public static OptionalInt template(Fact fact) {
    if (Long.remainderUnsigned(Seeded.hash("subject/" + fact.subject()), 3) != 0) {
      return OptionalInt.empty();
    }
    long hash = Seeded.hash(fact.relation().name() + "/" + fact.subject());
    return OptionalInt.of((int) Long.remainderUnsigned(hash, fact.relation().templates().size()));
  }

  /// Says whether training never shows this phrasing of this fact.
  public static boolean withheld(Fact fact, int template) {
    OptionalInt withheld = template(fact);
    return withheld.isPresent() && withheld.getAsInt() == template;
  }
}
