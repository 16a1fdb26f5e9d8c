package io.lexiscope.train.microworld;

import io.lexiscope.base.Seeded;
import io.lexiscope.train.task.Draws;
import io.lexiscope.train.task.EvaluationSet;
import io.lexiscope.train.task.Question;
import io.lexiscope.train.task.Scoring;
import io.lexiscope.train.task.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The measurements of the microworld: facts in shown and in withheld phrasings, indirect objects
/// of name pairs never seen together, rudeness after unkind and after kind events.
final class MicroworldEvaluation {
  /// Tokens generated to look for a rude word.
  private static final int CONTINUATION_TOKENS = 20;

  private final World world;

  MicroworldEvaluation(World world) {
    this.world = world;
  }

  List<EvaluationSet> sets(int questionsPerSet) {
    var rude = new Scoring.LexiconRate(world.rudeWords(), CONTINUATION_TOKENS);
    var talk = new TalkText(world);
    return List.of(
        new EvaluationSet("facts", new Scoring.NextToken(), sample(shown(), questionsPerSet)),
        new EvaluationSet(
            "facts-withheld", new Scoring.NextToken(), sample(withheld(), questionsPerSet)),
        new EvaluationSet(
            "indirect-objects",
            new Scoring.NextToken(),
            indirectObjects(questionsPerSet)
                .map(s -> new Question(s.prompt(), " " + s.indirectObject()))
                .toList()),
        new EvaluationSet(
            "rude-after-unkind",
            rude,
            prompts(questionsPerSet, r -> talk.prompt(/* unkind= */ true, Split.VALIDATION, r))),
        new EvaluationSet(
            "rude-after-kind",
            rude,
            prompts(questionsPerSet, r -> talk.prompt(/* unkind= */ false, Split.VALIDATION, r))));
  }

  /// Returns every fact in every phrasing that training shows.
  List<Question> shown() {
    var questions = new ArrayList<Question>();
    for (Fact fact : world.facts()) {
      for (int template = 0; template < fact.relation().templates().size(); template++) {
        if (!Withholding.withheld(fact, template)) {
          questions.add(new Question(fact.prompt(template), " " + fact.object()));
        }
      }
    }
    return questions;
  }

  /// Returns every withheld phrasing.
  List<Question> withheld() {
    return world.facts().stream()
        .flatMap(
            f ->
                Withholding.template(f).stream()
                    .mapToObj(template -> new Question(f.prompt(template), " " + f.object())))
        .toList();
  }

  /// Returns sentences about held-out pairs of names.
  Stream<IndirectObjectText.Sentence> indirectObjects(int count) {
    var text = new IndirectObjectText(world);
    return LongStream.range(0, count).mapToObj(i -> text.draw(Split.VALIDATION, random("ioi", i)));
  }

  private static List<Question> prompts(int count, Function<RandomGenerator, String> prompt) {
    return LongStream.range(0, count)
        .mapToObj(i -> new Question(prompt.apply(random("talk", i)), ""))
        .toList();
  }

  private static List<Question> sample(List<Question> questions, int count) {
    var shuffled = new ArrayList<>(questions);
    Seeded.shuffle(shuffled, random("sample", 0));
    return shuffled.subList(0, Math.min(count, shuffled.size()));
  }

  private static RandomGenerator random(String set, long index) {
    return Draws.stream("microworld/evaluation/" + set, /* seed= */ 0, Split.VALIDATION, index);
  }
}
