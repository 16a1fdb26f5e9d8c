package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Comparisons of two subjects and lists of several. Their wordings share nothing with the
/// phrasings of facts, so that they cannot show a withheld one.
final class RelationText {
  private static final List<Comparison> COMPARISONS =
      List.of(
          new Comparison("countries", "country", "continent", new Wording("", "in {o}", "in {o}")),
          new Comparison(
              "animals", "animal", "class", new Wording("the ", "one of the {o}", "{o}")),
          new Comparison("foods", "food", "taste", new Wording("", "{o}", "{o}")),
          new Comparison("foods", "food", "colour", new Wording("", "{o}", "{o}")),
          new Comparison(
              "instruments", "instrument", "family", new Wording("the ", "among the {o}", "{o}")));

  private final World world;

  RelationText(World world) {
    this.world = world;
  }

  /// Returns "Both x and y are z." or "While x is z, y is w."
  String comparison(RandomGenerator random) {
    var form = Seeded.pick(COMPARISONS, random);
    var rows =
        world.table(form.table()).rows().stream()
            .filter(r -> r.containsKey(form.object()))
            .toList();
    var one = Seeded.pick(rows, random);
    var other = Seeded.pick(rows, random);
    String same = Table.cell(one, form.object());
    if (random.nextBoolean()) {
      var alike = rows.stream().filter(r -> same.equals(r.get(form.object()))).toList();
      other = Seeded.pick(alike, random);
    }
    if (one.equals(other)) {
      return comparison(random);
    }
    String different = Table.cell(other, form.object());
    return same.equals(different)
        ? "Both %s and %s are %s.".formatted(form.name(one), form.name(other), form.plural(same))
        : "While %s is %s, %s is %s."
            .formatted(form.name(one), form.said(same), form.name(other), form.said(different));
  }

  /// Returns a list: days, months, numbers, or members of a class.
  String list(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> "Here are the days of the week: " + joined(world.table("days").column("day"));
      case 1 -> "Here are the months of the year: " + joined(world.table("months").column("month"));
      case 2 -> {
        var numbers = world.table("numbers").column("number");
        int from = random.nextInt(numbers.size() - 4);
        int to = random.nextInt(from + 4, Math.min(from + 9, numbers.size() + 1));
        yield "Count with me: " + String.join(", ", numbers.subList(from, to)) + ".";
      }
      case 3 ->
          members("countries", "country", "continent", "Here are countries in {o}: ", "", random);
      case 4 -> members("animals", "animal", "class", "Here are some {o}: ", "the ", random);
      default -> members("colours", "thing", "colour", "Here are {o} things: ", "", random);
    };
  }

  private String members(
      String table,
      String subject,
      String object,
      String head,
      String article,
      RandomGenerator random) {
    var rows = world.table(table).completeRows();
    String common = Table.cell(Seeded.pick(rows, random), object);
    var members = new ArrayList<>(world.table(table).column(subject, object, common));
    Seeded.shuffle(members, random);
    int count = Math.min(members.size(), random.nextInt(2, 6));
    return head.replace("{o}", common)
        + joined(members.subList(0, count).stream().map(m -> article + m).toList());
  }

  private static String joined(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words) + "."
        : words.subList(0, last).stream().collect(Collectors.joining(", "))
            + " and "
            + words.get(last)
            + ".";
  }

  /// How two rows of a table are compared.
  private record Comparison(String table, String subject, String object, Wording wording) {
    String name(Map<String, String> row) {
      return wording.article() + Table.cell(row, subject);
    }

    String said(String value) {
      return wording.one().replace("{o}", value);
    }

    String plural(String value) {
      return wording.both().replace("{o}", value);
    }
  }

  /// The words around the names and the value, said of one and of both.
  private record Wording(String article, String one, String both) {}
}
