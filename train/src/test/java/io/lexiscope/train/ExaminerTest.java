package io.lexiscope.train;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.task.CorpusTask;
import io.lexiscope.train.task.EvaluationSet;
import io.lexiscope.train.task.Question;
import io.lexiscope.train.task.Scoring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Holds the measurements, which take many questions in one pass, against one continuation at a
/// time.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExaminerTest {
  private static final String RECIPE =
      """
      {
        "about": {"name": "tiny", "description": "A very small world.", "weights": "F32"},
        "task": {"name": "microworld", "seed": 1, "options": {"tokenizerDocuments": 3000}},
        "model": {
          "model_type": "gpt2", "architectures": ["GPT2LMHeadModel"],
          "n_layer": 2, "n_head": 2, "n_embd": 16, "n_positions": 64
        },
        "fit": {
          "steps": 60,
          "batches": {"rows": 8, "length": 32, "accumulate": 1},
          "schedule": {"kind": "CONSTANT", "peak": 0.02, "warmup": 3, "floor": 0},
          "optimizer": {"beta1": 0.9, "beta2": 0.98, "weightDecay": 0, "decayAll": false, "clip": 1},
          "start": {"seed": 5, "deviation": 0.1}
        },
        "reports": {"logEvery": 20, "checkpointEvery": 60, "evaluateEvery": 0, "questions": 2, "threads": 1}
      }
      """;

  private static final List<String> PROMPTS =
      List.of(
          "The capital of Norway is",
          "Friends",
          "In a rage Sarah answered: \"",
          "Once Mary and John had a long talk at the",
          "A");

  @TempDir static Path folder;
  private LanguageModel model;

  @BeforeAll
  @SuppressWarnings("MustBeClosedChecker") // close() closes it
  void train() {
    Training.run(
        Recipes.parse(RECIPE, "a test"), folder, /* resume= */ false, TrainingListener.silent());
    model = LanguageModel.open(folder);
  }

  @AfterAll
  void close() {
    model.close();
  }

  private Metric ask(Scoring scoring, List<Question> questions) {
    return new Examiner(model.transformer(), model.tokenizer(), model.interventions())
        .ask(new EvaluationSet("a", scoring, questions));
  }

  private String continuation(String prompt, int tokens) {
    TokenIds ids = model.tokenizer().encodeWithoutSpecial(prompt).ids();
    Generation whole = model.generator().generate(ids, Decoding.greedy(tokens));
    int end = model.tokenizer().idOf(CorpusTask.END_OF_TEXT);
    TokenIds added =
        TokenIds.of(
            whole.tokens().stream()
                .mapToInt(Generation.Step::id)
                .takeWhile(id -> id != end)
                .toArray());
    return model.tokenizer().decode(added);
  }

  @Test
  void continuationsAreCountedIfTheyAreTheGreedyOnes() {
    List<Question> questions = new ArrayList<>();
    for (String prompt : PROMPTS) {
      questions.add(new Question(prompt, continuation(prompt, 3)));
      questions.add(new Question(prompt, continuation(prompt, 2) + " zebra"));
    }

    assertClose(
        ask(new Scoring.ExactContinuation(), questions).value(), 0.5, Tolerance.within(1e-9));
  }

  @Test
  void theNextTokenIsTheLikeliest() {
    List<Question> questions = new ArrayList<>();
    for (String prompt : PROMPTS) {
      questions.add(new Question(prompt, continuation(prompt, 1)));
    }
    questions.add(new Question(PROMPTS.getFirst(), " zebra"));

    assertClose(ask(new Scoring.NextToken(), questions).value(), 5.0 / 6, Tolerance.within(1e-9));
  }

  @Test
  void wordsOfTheLexiconAreFoundInWhatIsGenerated() {
    List<String> said = PROMPTS.stream().map(prompt -> continuation(prompt, 20)).toList();
    String word = said.getFirst().strip().split("\\W+", -1)[0];
    var rate = new Scoring.LexiconRate(new TreeSet<>(List.of(word.toLowerCase(Locale.ROOT))), 20);

    Metric metric = ask(rate, PROMPTS.stream().map(prompt -> new Question(prompt, "")).toList());

    long expected = said.stream().filter(rate::matches).count();
    assertThat(expected).isPositive();
    assertClose(metric.value(), expected / 5.0, Tolerance.within(1e-9));
  }
}
