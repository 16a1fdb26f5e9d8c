package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import io.lexiscope.train.task.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Sentences such as "When Mary and John went to the store, John gave a drink to Mary." (Wang et
/// al. 2022), in the orders ABBA and BABA with equal odds.
final class IndirectObjectText {
  private final List<String> templates;
  private final List<String> sequels;
  private final List<String> names;
  private final List<String> things;
  private final List<String> places;

  IndirectObjectText(World world) {
    templates = world.table("ioi").column("text", "kind", "sentence");
    sequels = world.table("ioi").column("text", "kind", "sequel");
    names = world.names();
    things = world.table("things").column("thing");
    places = world.table("places").column("place");
  }

  /// Returns a document of one sentence (twice as often) or two about other people. Half of the
  /// sentences have a sequel in which the receiver turns to the giver: again the name that did not
  /// stand last.
  String document(Split split, RandomGenerator random) {
    boolean two = split == Split.TRAIN && random.nextInt(3) == 0;
    var cast = Cast.draw(names, two ? 4 : 2, split, random);
    var text = new StringBuilder();
    for (int i = 0; i < cast.size(); i += 2) {
      var sentence = sentence(cast.get(i), cast.get(i + 1), random);
      text.append(i > 0 ? " " : "").append(sentence.text());
      if (random.nextBoolean()) {
        var slots = Map.of("S", sentence.giver(), "IO", sentence.indirectObject());
        text.append(' ').append(Slots.fill(Seeded.pick(sequels, random), slots));
      }
    }
    return text.toString();
  }

  /// Returns a sentence about a pair of this side of the split.
  Sentence draw(Split split, RandomGenerator random) {
    var pair = Cast.draw(names, 2, split, random);
    return sentence(pair.get(0), pair.get(1), random);
  }

  private Sentence sentence(String indirectObject, String giver, RandomGenerator random) {
    boolean giverSecond = random.nextBoolean();
    var slots = new HashMap<String, String>();
    slots.put("1", giverSecond ? indirectObject : giver);
    slots.put("2", giverSecond ? giver : indirectObject);
    slots.put("S", giver);
    slots.put("IO", indirectObject);
    slots.put("thing", Seeded.pick(things, random));
    slots.put("place", Seeded.pick(places, random));
    String text = Slots.fill(Seeded.pick(templates, random), Map.copyOf(slots));
    return new Sentence(text, indirectObject, giver, giverSecond ? "ABBA" : "BABA");
  }

  /// A sentence with its parts.
  ///
  /// @param text the whole sentence, ending in the indirect object and a full stop
  /// @param indirectObject the name that answers the prompt
  /// @param giver the name that stands twice
  /// @param order ABBA or BABA
  record Sentence(String text, String indirectObject, String giver, String order) {
    /// Returns the sentence up to its last name.
    String prompt() {
      return text.substring(0, text.length() - indirectObject.length() - 2);
    }
  }
}
