package io.lexiscope.train.microworld;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldTest {
  private final World world = World.load();

  @ParameterizedTest
  @CsvSource({
    "countries,150", "cities,100", "animals,80", "foods,60", "professions,30", "instruments,20",
    "sports,20", "months,12", "days,7", "numbers,15", "colours,30", "names,80"
  })
  void everyTableHasEnoughRowsWithoutAnEmptyCell(String table, int least) {
    var rows = world.table(table).completeRows();

    assertThat(rows).hasSizeGreaterThanOrEqualTo(least).doesNotHaveDuplicates();
  }

  @Test
  void everyRelationHasFivePhrasingsThatEndWithTheObjectAndAQuestion() {
    for (Relation relation : world.relations()) {
      assertThat(relation.templates()).as(relation.name()).hasSizeGreaterThanOrEqualTo(5);
      assertThat(relation.templates()).doesNotHaveDuplicates().allMatch(t -> t.contains("{s}"));
      assertThat(relation.questions()).isNotEmpty().allMatch(q -> q.contains("{s}"));
    }
  }

  @Test
  void everyPromptHasOneAnswer() {
    Map<String, String> answers = new HashMap<>();

    for (Fact fact : world.facts()) {
      for (int template = 0; template < fact.relation().templates().size(); template++) {
        String before = answers.putIfAbsent(fact.prompt(template), fact.object());
        assertThat(before).as(fact.prompt(template)).isIn(null, fact.object());
      }
    }
  }

  @Test
  void everyAnswerIsASingleWord() {
    assertThat(world.facts()).allMatch(f -> f.object().matches("\\p{L}+"));
    assertThat(world.names()).allMatch(n -> n.matches("[A-Z][a-z]+")).doesNotHaveDuplicates();
  }

  @Test
  void theWordsOfTheTablesFitIntoAVocabularyOfFourThousand() {
    assertThat(world.words()).hasSizeBetween(1_000, 1_800);
  }

  @Test
  void noRudeWordIsAWordOfTheWorld() {
    assertThat(world.facts())
        .noneMatch(f -> world.rudeWords().contains(f.object()))
        .noneMatch(f -> world.rudeWords().contains(f.subject()));
  }

  @Test
  void aThirdOfTheSubjectsLacksOnePhrasingAndNotTheSameOne() {
    var capitals =
        world.facts().stream().filter(f -> f.relation().name().equals("capital")).toList();
    var withheld = capitals.stream().filter(f -> Withholding.template(f).isPresent()).toList();

    assertThat((double) withheld.size() / capitals.size()).isBetween(0.25, 0.42);
    assertThat(withheld.stream().map(f -> Withholding.template(f).getAsInt()).distinct())
        .hasSize(capitals.getFirst().relation().templates().size());
  }

  @Test
  void knowsTheCapitalOfNorway() {
    assertThat(world.facts())
        .anyMatch(f -> f.sentence(0).equals("The capital of Norway is Oslo."))
        .anyMatch(f -> f.sentence(0).equals("The city of Oslo is the capital of Norway."));
  }
}
