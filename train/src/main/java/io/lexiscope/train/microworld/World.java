package io.lexiscope.train.microworld;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Everything that is true in the microworld: relations, facts, names, and the words of rude talk.
public final class World {
  private static final List<String> FACT_TABLES =
      List.of(
          "countries",
          "cities",
          "animals",
          "foods",
          "professions",
          "instruments",
          "sports",
          "months",
          "days",
          "numbers",
          "colours");

  private final Map<String, Table> tables = new TreeMap<>();
  private final List<Relation> relations;
  private final List<Fact> facts;

  private World() {
    Stream.concat(
            FACT_TABLES.stream(),
            Stream.of(
                "relations",
                "templates",
                "names",
                "things",
                "places",
                "ioi",
                "talk",
                "rude",
                "stories"))
        .forEach(name -> tables.put(name, Table.read(name)));
    var allRelations = new ArrayList<Relation>();
    var allFacts = new ArrayList<Fact>();
    for (var row : table("relations").rows()) {
      String name = Table.cell(row, "relation");
      var relation =
          new Relation(
              name, Table.cell(row, "table"), texts(name, "statement"), texts(name, "question"));
      allRelations.add(relation);
      for (var entry : table(relation.table()).rows()) {
        String subject = entry.get(Table.cell(row, "subject"));
        String object = entry.get(Table.cell(row, "object"));
        if (subject != null && object != null && !object.contains(" ")) {
          allFacts.add(new Fact(relation, subject, object));
        }
      }
    }
    relations = List.copyOf(allRelations);
    facts = List.copyOf(allFacts);
  }

  /// Reads the tables.
  public static World load() {
    return new World();
  }

  /// Returns the relations in the order of their table.
  public List<Relation> relations() {
    return relations;
  }

  /// Returns all facts, relation by relation.
  public List<Fact> facts() {
    return facts;
  }

  /// Returns the single-word names of persons.
  public List<String> names() {
    return table("names").column("name");
  }

  /// Returns the words, in lower case, of which one makes a continuation rude.
  public SortedSet<String> rudeWords() {
    return new TreeSet<>(table("rude").column("word"));
  }

  /// Returns every word of the tables: subjects, objects, names, things, places and rude words.
  public SortedSet<String> words() {
    var words = new TreeSet<String>();
    for (String name : FACT_TABLES) {
      for (var row : table(name).rows()) {
        row.values().forEach(cell -> words.addAll(List.of(cell.split(" ", -1))));
      }
    }
    words.addAll(names());
    words.addAll(table("things").column("thing"));
    words.addAll(table("places").column("place"));
    words.addAll(rudeWords());
    return words;
  }

  Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException(
          "World: expected one of %s, got %s".formatted(tables.keySet(), name));
    }
    return table;
  }

  private List<String> texts(String relation, String kind) {
    return table("templates").rows().stream()
        .filter(r -> relation.equals(r.get("relation")) && kind.equals(r.get("kind")))
        .map(r -> Table.cell(r, "text"))
        .toList();
  }
}
