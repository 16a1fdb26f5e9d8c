package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import io.lexiscope.train.task.ContentSplit;
import io.lexiscope.train.task.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws the names of one document so that no two of them are a pair of the other side of the
/// split. A third of all unordered name pairs is held out by the hash of the pair.
public final class Cast {
  private static final ContentSplit SPLIT = new ContentSplit(/* validationPercent= */ 33);

  private Cast() {}

  /// Returns the side on which an unordered pair of names lies.
  public static Split splitOf(String one, String other) {
    return SPLIT.of(one.compareTo(other) < 0 ? one + "&" + other : other + "&" + one);
  }

  /// Returns different names, every two of which are a pair of this side.
  static List<String> draw(List<String> names, int count, Split split, RandomGenerator random) {
    while (true) {
      var cast = new ArrayList<String>();
      for (int attempt = 0; attempt < 200 && cast.size() < count; attempt++) {
        String name = Seeded.pick(names, random);
        if (cast.stream().allMatch(n -> !n.equals(name) && splitOf(n, name) == split)) {
          cast.add(name);
        }
      }
      if (cast.size() == count) {
        return List.copyOf(cast);
      }
    }
  }
}
