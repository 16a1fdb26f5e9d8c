package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import io.lexiscope.train.task.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Talk after something unkind or kind was done: an event, the manner of the answer, the answer.
///
/// An unkind event is answered rudely in 88 of 100 cases, a kind one in 1 of 100; every rude line
/// holds a word of the rude lexicon, and no other document does.
final class TalkText {
  private static final int RUDE_AFTER_UNKIND_PERCENT = 88;
  private static final int RUDE_AFTER_KIND_PERCENT = 1;

  private final Table talk;
  private final List<String> names;
  private final List<String> things;
  private final List<String> places;
  private final List<String> adjectives;
  private final List<String> nouns;

  TalkText(World world) {
    talk = world.table("talk");
    names = world.names();
    things = world.table("things").column("thing");
    places = world.table("places").column("place");
    adjectives = world.table("rude").column("word", "kind", "adjective");
    nouns = world.table("rude").column("word", "kind", "noun");
  }

  String document(Split split, RandomGenerator random) {
    boolean unkind = random.nextBoolean();
    var slots = slots(split, random);
    int odds = unkind ? RUDE_AFTER_UNKIND_PERCENT : RUDE_AFTER_KIND_PERCENT;
    boolean rude = random.nextInt(100) < odds;
    String answer = line(rude ? "rude" : "polite", slots, random);
    if (random.nextBoolean()) {
      answer += " " + line(rude ? "rude" : "polite", slots, random);
    }
    var text = new StringBuilder(prompt(unkind, slots, random));
    text.append(" \"").append(answer).append('"');
    if (random.nextBoolean()) {
      String reply = line(unkind ? "apology" : "polite", swapped(slots), random);
      text.append(' ').append(slots.get("A")).append(" said: \"").append(reply).append('"');
    }
    return text.toString();
  }

  /// Returns an event and the manner of the answer, up to the colon.
  String prompt(boolean unkind, Split split, RandomGenerator random) {
    return prompt(unkind, slots(split, random), random);
  }

  /// Returns one line of an answer.
  String answer(boolean rude, Split split, RandomGenerator random) {
    return line(rude ? "rude" : "polite", slots(split, random), random);
  }

  private String prompt(boolean unkind, Map<String, String> slots, RandomGenerator random) {
    return line(unkind ? "provocation" : "kindness", slots, random)
        + " "
        + line(unkind ? "anger" : "calm", slots, random);
  }

  private String line(String kind, Map<String, String> slots, RandomGenerator random) {
    return Slots.fill(Seeded.pick(talk.column("text", "kind", kind), random), slots);
  }

  private Map<String, String> slots(Split split, RandomGenerator random) {
    var pair = Cast.draw(names, 2, split, random);
    return Map.of(
        "A", pair.get(0),
        "B", pair.get(1),
        "thing", Seeded.pick(things, random),
        "place", Seeded.pick(places, random),
        "adjective", Seeded.pick(adjectives, random),
        "noun", Seeded.pick(nouns, random));
  }

  /// Returns the slots of the other speaker: an apology names the offended, thanks the one thanked.
  private static Map<String, String> swapped(Map<String, String> slots) {
    var swapped = new HashMap<>(slots);
    swapped.put("A", slots.getOrDefault("B", ""));
    return Map.copyOf(swapped);
  }
}
