package io.lexiscope.analysis.detox;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.base.Journal;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.generate.Generation;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole experiment, asked for as a Java program does.
class DetoxTest {
  private static final List<String> PROMPTS =
      List.of(
          "Anna said to Ben:",
          "Ben said to Anna:",
          "Carl said to Dora:",
          "Dora said to Carl:",
          "Anna is in the garden.",
          "Ben has the apple.");
  private static final List<String> TEXTS =
      List.of(
          "Anna is in the garden. Ben has the apple.",
          "Carl goes to the kitchen. Dora sees a book.",
          "Ben is in the park. Anna is in the house.",
          "Dora has a ball. Carl has a cup.");
  private static final int TOKENS = 6;
  private static final Path MICROWORLD = Path.of("../models/microworld");

  @TempDir private Path folder;

  /// The lexicon is a word that the model says by itself, so that there is something to lower.
  private static DetoxData data(LanguageModel model) {
    String said = model.tokenizer().decode(continued(model, PROMPTS.get(1)));
    String word = Lexicon.normalized(said).strip().split(" ")[0];
    return DetoxData.of(model, PROMPTS, TEXTS, Lexicon.of(List.of(word)), /* limit= */ 10);
  }

  private static TokenIds continued(LanguageModel model, String prompt) {
    int end = model.tokenizer().specials().eos().orElseThrow();
    Generation generation =
        model
            .generator()
            .generate(
                model.tokenizer().encode(prompt).ids(),
                Decoding.greedy(TOKENS).stoppingAt(Set.of(end)));
    return TokenIds.of(
        generation.tokens().stream()
            .mapToInt(Generation.Step::id)
            .filter(id -> id != end)
            .toArray());
  }

  private static DetoxPlan plan(
      VectorSelection selection, @Nullable Double coefficient, List<Double> doses) {
    return new DetoxPlan(
        selection,
        new DetoxDose(coefficient, doses, /* ofInput= */ false, /* spreads= */ null),
        TOKENS,
        /* draws= */ 2,
        /* seed= */ 3);
  }

  @Test
  void figuresAreThoseOfContinuationsAndLossesTakenOneByOne() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      DetoxData data = data(model);
      var neurons = List.of(new Target.Neuron(3, 433), new Target.Neuron(4, 830));

      DetoxReport report =
          Detox.measure(model, data, plan(new VectorSelection.Named(neurons), 6.0, List.of(2.0)));

      LanguageModel changed =
          model.with(
              Interventions.of(
                  Intervention.setNeuron(3, 433, 6), Intervention.setNeuron(4, 830, 6)));
      assertThat(report.baseline().toxicity()).isGreaterThan(0).isEqualTo(toxic(model, data));
      assertThat(report.chosen().toxicity()).isEqualTo(toxic(changed, data));
      assertClose(
          Math.log(Objects.requireNonNull(report.baseline().perplexity())),
          loss(model, data),
          Tolerance.within(1e-5));
      assertClose(
          Math.log(Objects.requireNonNull(report.chosen().perplexity())),
          loss(changed, data),
          Tolerance.within(1e-5));
      assertThat(report.coefficient()).isEqualTo(6);
      assertThat(report.vectors())
          .extracting(DetoxVector::neuron)
          .containsExactly("L3N433", "L4N830");
      assertThat(report.rows())
          .filteredOn(row -> row.kind() == DetoxRowKind.RANDOM_DRAW)
          .allSatisfy(
              row ->
                  assertThat(row.neurons())
                      .hasSize(2)
                      .satisfiesExactlyInAnyOrder(
                          one -> assertThat(one).startsWith("L3N"),
                          one -> assertThat(one).startsWith("L4N")))
          .hasSize(2);
    }
  }

  private static double toxic(LanguageModel model, DetoxData data) {
    List<String> measured = List.of(PROMPTS.get(1), PROMPTS.get(3), PROMPTS.get(5));
    return measured.stream()
            .filter(
                prompt ->
                    data.lexicon().matches(model.tokenizer().decode(continued(model, prompt))))
            .count()
        / (double) measured.size();
  }

  private static double loss(LanguageModel model, DetoxData data) {
    double nats = 0;
    int tokens = 0;
    for (TokenIds text : data.measuring().texts()) {
      try (Run run = model.run(text, Recording.nothing())) {
        for (int i = 0; i + 1 < text.size(); i++) {
          nats -= run.logits(i).logProbability(text.get(i + 1));
          tokens++;
        }
      }
    }
    return nats / tokens;
  }

  @Test
  void theDoseIsTheLeastToxicOneOfTheChoosingHalfWithinTheBudget() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      DetoxReport report =
          Detox.measure(
              model, data(model), plan(new VectorSelection.Lowering(3), null, List.of(4.0, 1.0)));

      assertThat(report.vectors()).hasSize(3);
      assertThat(report.vectors()).allSatisfy(vector -> assertThat(vector.score()).isNegative());
      assertThat(report.coefficient()).isIn(1.0, 4.0);
      assertThat(report.method().coefficient()).contains("1.0: ").contains("4.0: ");
      assertThat(report.rows())
          .filteredOn(row -> row.kind() == DetoxRowKind.DOSE)
          .extracting(DetoxRow::coefficient)
          .containsExactly(1.0, 4.0);
    }
  }

  @Test
  void everyPassTakesItsTurnAndTheWorkSaysHowFarItIs() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      List<Long> done = new ArrayList<>();
      int[] taken = {0};
      Turn noted =
          new Turn() {
            @Override
            public <T> T take(Supplier<T> pass) {
              taken[0]++;
              return pass.get();
            }

            @Override
            public void progress(long some, long all, String unit) {
              assertThat(some).isLessThan(all);
              done.add(some);
            }
          };
      var one = new VectorSelection.Named(List.of(new Target.Neuron(0, 1)));

      DetoxReport report = Detox.measure(model, data(model), plan(one, 1.0, List.of()), noted);

      assertThat(done).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(4);
      assertThat(taken[0]).isEqualTo(done.size() + report.vectors().size());
    }
  }

  @Test
  void anExperimentThatBreaksOffGoesOnAfterWhatItHadFinished() throws IOException {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      List<String> asked = new ArrayList<>();
      ContinuationScorer service =
          texts -> {
            asked.addAll(texts);
            return texts.stream().map(text -> text.length() % 2 * 1.0).toList();
          };
      DetoxData data = data(model).scoredBy(/* trained= */ null, service);
      DetoxPlan plan = plan(new VectorSelection.Lowering(2), null, List.of(4.0));
      Taken whole = new Taken(Integer.MAX_VALUE);
      DetoxReport expected = Detox.measure(model, data, plan, whole);
      int answers = asked.size();
      asked.clear();

      int passes = 0;
      for (int most : List.of(0, 1, 3, 7)) {
        Taken some = new Taken(most);
        try (Journal journal = Journal.open(folder.resolve("parts"), "this experiment")) {
          assertThatThrownBy(() -> Detox.measure(model, data, plan, some, journal))
              .hasMessage("killed");
        }
        passes += some.taken;
      }
      assertThat(passes).isEqualTo(11);
      Taken rest = new Taken(Integer.MAX_VALUE);
      try (Journal journal = Journal.open(folder.resolve("parts"), "this experiment")) {
        assertThat(Detox.measure(model, data, plan, rest, journal)).isEqualTo(expected);
      }
      assertThat(rest.taken).isEqualTo(whole.taken - passes);
      assertThat(asked).hasSize(answers);
    }
  }

  /// Takes so many passes and no more.
  private static final class Taken implements Turn {
    private final int most;
    private int taken;

    Taken(int most) {
      this.most = most;
    }

    @Override
    public <T> T take(Supplier<T> pass) {
      if (taken == most) {
        throw new IllegalStateException("killed");
      }
      taken++;
      return pass.get();
    }
  }

  @Test
  void workEndsWhenATurnIsRefused() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      Turn refused =
          new Turn() {
            @Override
            public <T> T take(Supplier<T> pass) {
              throw new IllegalStateException("stopped");
            }
          };

      assertThatThrownBy(() -> Detox.measure(model, data(model), DetoxPlan.standard(), refused))
          .hasMessage("stopped");
    }
  }

  @Test
  void whatCannotBeDoneNamesWhatIsAtFault() {
    try (LanguageModel model = LanguageModel.open(MICROWORLD)) {
      assertThatThrownBy(
              () -> DetoxData.of(model, List.of("one"), TEXTS, Lexicon.of(List.of("x")), 5))
          .isInstanceOfSatisfying(
              DetoxException.class, e -> assertThat(e.argument()).isEqualTo("prompts"))
          .hasMessageContaining("at least 2 prompts");
      assertThatThrownBy(() -> new DetoxDose(null, List.of(), /* ofInput= */ false, null))
          .hasMessageContaining("got neither");
    }
  }
}
