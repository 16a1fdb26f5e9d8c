package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import io.lexiscope.base.WholeFile;
import io.lexiscope.train.task.Draws;
import io.lexiscope.train.task.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes the files by which editing, locating and steering are measured on the microworld model,
/// in the shapes of the public sets: ROME's known facts and CounterFact (short form), IOI prompts,
/// and RealToxicityPrompts. The same tables always give the same files.
///
/// | file | content |
/// | --- | --- |
/// | `facts.json` | every fact in one phrasing that training shows |
/// | `paraphrases.json` | every withheld phrasing |
/// | `counterfact.json` | one edit per fact: new target, paraphrase, neighbour |
/// | `neighbourhood.json` | per fact, prompts about other subjects with their true answers |
/// | `ioi.json` | indirect objects of held-out name pairs |
/// | `provoking.jsonl`, `neutral.jsonl` | events with the manner of the answer, up to the colon |
/// | `rude-words.txt` | the rude lexicon |
public final class MicroworldFiles {
  private static final int NEIGHBOURS = 5;
  private static final int PROMPTS = 500;

  private final World world;
  private final JsonMapper json =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final JsonMapper jsonLines = JsonMapper.builder().build();

  private MicroworldFiles(World world) {
    this.world = world;
  }

  /// Writes all files into a folder, which is created if need be.
  ///
  /// @throws IOException if a file cannot be written
  public static void write(Path folder) throws IOException {
    var files = new MicroworldFiles(World.load());
    Files.createDirectories(folder);
    files.writeAll(folder);
  }

  private void writeAll(Path folder) throws IOException {
    WholeFile.write(folder.resolve("facts.json"), json.writeValueAsString(facts()));
    WholeFile.write(folder.resolve("paraphrases.json"), json.writeValueAsString(paraphrases()));
    WholeFile.write(folder.resolve("counterfact.json"), json.writeValueAsString(edits()));
    WholeFile.write(
        folder.resolve("neighbourhood.json"), json.writeValueAsString(neighbourhoods()));
    WholeFile.write(folder.resolve("ioi.json"), json.writeValueAsString(indirectObjects()));
    WholeFile.write(folder.resolve("provoking.jsonl"), prompts(/* unkind= */ true));
    WholeFile.write(folder.resolve("neutral.jsonl"), prompts(/* unkind= */ false));
    WholeFile.write(folder.resolve("rude-words.txt"), String.join("\n", world.rudeWords()) + "\n");
  }

  private List<Map<String, Object>> facts() {
    var facts = world.facts();
    return IntStream.range(0, facts.size())
        .mapToObj(id -> known(id, facts.get(id), shownTemplate(facts.get(id))))
        .toList();
  }

  private List<Map<String, Object>> paraphrases() {
    var facts = world.facts();
    var rows = new ArrayList<Map<String, Object>>();
    for (int id = 0; id < facts.size(); id++) {
      int known = id;
      Withholding.template(facts.get(id))
          .ifPresent(template -> rows.add(known(known, facts.get(known), template)));
    }
    return rows;
  }

  private static Map<String, Object> known(int id, Fact fact, int template) {
    var row = new LinkedHashMap<String, Object>();
    row.put("known_id", id);
    row.put("subject", fact.subject());
    row.put("attribute", fact.object());
    row.put("template", fact.relation().templates().get(template).replace("{s}", "{}"));
    row.put("prompt", fact.prompt(template));
    row.put("relation_id", fact.relation().name());
    return row;
  }

  private List<Map<String, Object>> edits() {
    var rows = new ArrayList<Map<String, Object>>();
    var facts = world.facts();
    for (int id = 0; id < facts.size(); id++) {
      Fact fact = facts.get(id);
      int shown = shownTemplate(fact);
      int templates = fact.relation().templates().size();
      int paraphrase = Withholding.template(fact).orElse((shown + 1) % templates);
      String target = otherObject(fact);
      var neighbours = neighbours(fact);
      Fact neighbour = neighbours.getFirst();
      var row = new LinkedHashMap<String, Object>();
      row.put("case_id", id);
      row.put("prompt", fact.prompt(shown));
      row.put("target_new", target);
      row.put("subject", fact.subject());
      row.put("ground_truth", fact.object());
      row.put("rephrase_prompt", fact.prompt(paraphrase));
      row.put("locality_prompt", neighbour.prompt(shownTemplate(neighbour)));
      row.put("locality_ground_truth", neighbour.object());
      row.put("relation_id", fact.relation().name());
      row.put("rephrase_withheld", Withholding.withheld(fact, paraphrase));
      rows.add(row);
    }
    return rows;
  }

  private List<Map<String, Object>> neighbourhoods() {
    var facts = world.facts();
    var rows = new ArrayList<Map<String, Object>>();
    for (int id = 0; id < facts.size(); id++) {
      Fact fact = facts.get(id);
      var prompts =
          neighbours(fact).stream()
              .map(
                  n ->
                      Map.of(
                          "subject", n.subject(),
                          "prompt", n.prompt(shownTemplate(n)),
                          "attribute", n.object()))
              .map(n -> new TreeMap<String, Object>(n))
              .toList();
      var row = new LinkedHashMap<String, Object>();
      row.put("case_id", id);
      row.put("subject", fact.subject());
      row.put("relation_id", fact.relation().name());
      row.put("neighbourhood_prompts", prompts);
      rows.add(row);
    }
    return rows;
  }

  /// Returns other facts of the relation: first those with the same object, as in CounterFact, then
  /// any.
  private List<Fact> neighbours(Fact fact) {
    String target = otherObject(fact);
    var others =
        new ArrayList<>(
            world.facts().stream()
                .filter(f -> f.relation().equals(fact.relation()) && !f.equals(fact))
                .filter(f -> !f.object().equals(target))
                .toList());
    Seeded.shuffle(others, Draws.stream("neighbours", hash(fact), Split.TRAIN, 0));
    return others.stream()
        .sorted(Comparator.comparingInt(f -> f.object().equals(fact.object()) ? 0 : 1))
        .limit(NEIGHBOURS)
        .toList();
  }

  private String otherObject(Fact fact) {
    var objects =
        world.facts().stream()
            .filter(f -> f.relation().equals(fact.relation()))
            .map(Fact::object)
            .filter(o -> !o.equals(fact.object()))
            .distinct()
            .toList();
    return objects.get((int) Long.remainderUnsigned(hash(fact), objects.size()));
  }

  private static int shownTemplate(Fact fact) {
    return Withholding.withheld(fact, 0) ? 1 : 0;
  }

  private static long hash(Fact fact) {
    return Seeded.hash("edit/" + fact.relation().name() + "/" + fact.subject());
  }

  private List<Map<String, Object>> indirectObjects() {
    var rows = new ArrayList<Map<String, Object>>();
    new MicroworldEvaluation(world)
        .indirectObjects(PROMPTS)
        .forEach(
            sentence -> {
              var row = new LinkedHashMap<String, Object>();
              row.put("case_id", rows.size());
              row.put("prompt", sentence.prompt());
              row.put("answer", sentence.indirectObject());
              row.put("subject", sentence.giver());
              row.put("order", sentence.order());
              rows.add(row);
            });
    return rows;
  }

  private String prompts(boolean unkind) {
    var talk = MicroworldTalk.load();
    return (unkind ? talk.provoking(PROMPTS) : talk.neutral(PROMPTS))
        .stream()
            .map(
                text -> {
                  var prompt = new LinkedHashMap<String, Object>();
                  prompt.put("text", text);
                  prompt.put("provoking", unkind);
                  return jsonLines.writeValueAsString(Map.of("prompt", prompt)) + "\n";
                })
            .collect(Collectors.joining());
  }
}
