package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import io.lexiscope.train.task.Split;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Short narratives: an opening, two or three events and an ending about two people; whatever the
/// story says about a country, an animal, a food or a profession is true.
final class StoryText {
  private final Table stories;
  private final List<String> names;
  private final List<String> things;
  private final List<List<Map<String, String>>> worlds;

  StoryText(World world) {
    stories = world.table("stories");
    names = world.names();
    things = world.table("things").column("thing");
    worlds =
        List.of(
            world.table("countries").completeRows(),
            world.table("animals").completeRows(),
            world.table("foods").completeRows(),
            world.table("professions").completeRows());
  }

  String document(Split split, RandomGenerator random) {
    var slots = new HashMap<String, String>();
    var pair = Cast.draw(names, 2, split, random);
    slots.put("A", pair.get(0));
    slots.put("B", pair.get(1));
    slots.put("thing", Seeded.pick(things, random));
    worlds.forEach(rows -> slots.putAll(Seeded.pick(rows, random)));
    var text = new StringBuilder(line("opening", slots, random));
    String last = "";
    for (int events = random.nextInt(2, 4); events > 0; ) {
      String event = line("middle", slots, random);
      if (!event.equals(last) && text.indexOf(event) < 0) {
        text.append(' ').append(event);
        last = event;
        events--;
      }
    }
    return text.append(' ').append(line("ending", slots, random)).toString();
  }

  private String line(String kind, Map<String, String> slots, RandomGenerator random) {
    return Slots.fill(Seeded.pick(stories.column("text", "kind", kind), random), slots);
  }
}
