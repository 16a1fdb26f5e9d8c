package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import io.lexiscope.train.task.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Documents of one to five statements of facts, all about one subject or mixed, and documents of
/// questions with their answers.
///
/// The validation side holds only withheld phrasings (and no questions).
final class FactText {
  private static final List<Integer> LENGTHS = List.of(1, 1, 1, 2, 2, 3, 3, 4, 5);

  /// A fact of these relations has three lots in the draw, any other one two: their objects are the
  /// hardest.
  private static final List<String> FREQUENT = List.of("capital", "capital-of");

  private final List<Fact> lots;
  private final Map<String, List<Fact>> bySubject;
  private final List<Phrased> withheld;

  FactText(World world) {
    lots =
        world.facts().stream()
            .flatMap(
                f ->
                    IntStream.range(0, FREQUENT.contains(f.relation().name()) ? 3 : 2)
                        .mapToObj(i -> f))
            .toList();
    bySubject =
        world.facts().stream()
            .collect(Collectors.groupingBy(f -> f.relation().table() + f.subject()));
    withheld =
        world.facts().stream()
            .flatMap(
                f ->
                    Withholding.template(f).stream().mapToObj(template -> new Phrased(f, template)))
            .toList();
  }

  String statements(Split split, RandomGenerator random) {
    int length = Seeded.pick(LENGTHS, random);
    if (split == Split.VALIDATION) {
      return IntStream.range(0, length)
          .mapToObj(i -> Seeded.pick(withheld, random).sentence())
          .collect(Collectors.joining(" "));
    }
    boolean oneSubject = random.nextInt(4) == 0;
    return facts(length, oneSubject, random).stream()
        .map(fact -> shown(fact, random).sentence())
        .collect(Collectors.joining(" "));
  }

  String questions(RandomGenerator random) {
    return facts(random.nextInt(1, 4), /* oneSubject= */ false, random).stream()
        .map(
            fact -> {
              String question = Seeded.pick(fact.relation().questions(), random);
              return "Question: %s Answer: %s."
                  .formatted(question.replace("{s}", fact.subject()), fact.object());
            })
        .collect(Collectors.joining(" "));
  }

  private List<Fact> facts(int length, boolean oneSubject, RandomGenerator random) {
    var facts = new ArrayList<Fact>();
    Fact first = Seeded.pick(lots, random);
    if (oneSubject) {
      facts.addAll(bySubject.getOrDefault(first.relation().table() + first.subject(), List.of()));
      Seeded.shuffle(facts, random);
      return facts.subList(0, Math.min(length, facts.size()));
    }
    facts.add(first);
    while (facts.size() < length) {
      facts.add(Seeded.pick(lots, random));
    }
    return facts;
  }

  private static Phrased shown(Fact fact, RandomGenerator random) {
    while (true) {
      int template = random.nextInt(fact.relation().templates().size());
      if (!Withholding.withheld(fact, template)) {
        return new Phrased(fact, template);
      }
    }
  }

  private record Phrased(Fact fact, int template) {
    String sentence() {
      return fact.sentence(template);
    }
  }
}
