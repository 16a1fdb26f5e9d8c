package io.lexiscope.analysis.edit;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.analysis.Golden;
import io.lexiscope.analysis.Reference;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.PatchTerm;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EditorTest {
  private static final TokenIds PROMPT = TokenIds.of(5, 41, 300, 9, 77, 210);
  private static final EditGoal GOAL = new EditGoal(PROMPT, TokenIds.of(31), List.of(2, 3));

  @MustBeClosed
  private static LanguageModel microworld() {
    return LanguageModel.open(Path.of("../models/microworld"));
  }

  private static double[] at(LanguageModel model, HookName place, int position) {
    try (var run = model.run(PROMPT, Recording.of(List.of(place)))) {
      return Reference.doubles(run.activation(place, position));
    }
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  @ParameterizedTest
  @EnumSource(value = Golden.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aForwardShiftGainsStepTimesBothSquaresAlongTheTarget(Golden golden) {
    try (LanguageModel model = golden.open()) {
      int end = PROMPT.size() - 1;
      double step = 0.03;
      HookName out = HookPoint.MLP_MODULE_OUT.at(1);
      double[] before = at(model, out, end);
      double[] x = at(model, HookPoint.MLP_POST.at(1), end);
      double[] row =
          Reference.row(
              Reference.doubles(model.transformer().unembedding().weight()),
              31,
              Math.toIntExact(model.transformer().unembedding().weight().size(1)));
      float[] whole;
      try (var run = model.run(PROMPT, Recording.nothing())) {
        whole = run.last().toFloats();
      }
      PatchStack patch =
          Editor.of(model).edit(GOAL, new EditMethod.ForwardShift(1, step, ShiftKey.PLAIN));

      assertThat(patch.patches()).hasSize(1);
      assertThat(patch.patches().getFirst().rank()).isEqualTo(1);
      try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
        double[] after = at(model.with(edits), out, end);
        double gain = dot(minus(after, before), row);
        assertClose(gain, step * dot(x, x) * dot(row, row), new Tolerance(1e-6, 1e-3));
      }
      try (var run = model.run(PROMPT, Recording.nothing())) {
        assertThat(run.last().toFloats()).containsExactly(whole);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA", "GPT_NEOX"})
  void romeGivesTheKeyTheValueThatWasFound(Golden golden) {
    try (LanguageModel model = golden.open()) {
      HookName out = HookPoint.MLP_MODULE_OUT.at(1);
      double[] before = at(model, out, 3);
      Map<Integer, KeyStatistics> keys =
          KeyStatistics.of(model, List.of(1), List.of(golden.prompt()), Turn.immediately());
      PatchStack patch =
          Editor.of(model, keys)
              .edit(GOAL, new EditMethod.Rome(1, EditMethod.ValueSearch.standard(), 0.1));
      double old = -score(model).logProbability();
      try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
        LanguageModel edited = model.with(edits);
        double[] change = minus(at(edited, out, 3), before);
        PatchTerm term = patch.patches().getFirst().terms().getFirst();

        assertClose(floats(change), term.output().toArray(), Tolerance.within(1e-4));
        assertThat(-score(edited).logProbability()).isLessThan(old);
      }
    }
  }

  private static AnswerScore score(LanguageModel model) {
    return AnswerScore.of(model, new AnswerScore.Question(PROMPT, GOAL.target()));
  }

  @Test
  void memitWithoutWeightOfTheTextReachesTheStreamThatWasFound() {
    try (LanguageModel model = Golden.GPT2.open()) {
      var how = new EditMethod.ValueSearch(5, 0.2, 0.99, 4);
      double[] before = at(model, HookPoint.RESID_POST.at(1), 3);
      double[] found = new ValueFinder(model, GOAL, HookPoint.RESID_POST.at(1), how).find(before);
      PatchStack one = Editor.of(model).edit(GOAL, new EditMethod.Memit(List.of(1), how, 1e-9, 0));
      PatchStack two =
          Editor.of(model).edit(GOAL, new EditMethod.Memit(List.of(0, 1), how, 1e-9, 0));
      assertThat(two.patches()).hasSize(2);
      for (PatchStack patch : List.of(one, two)) {
        try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
          double[] after = at(model.with(edits), HookPoint.RESID_POST.at(1), 3);
          assertClose(floats(minus(after, before)), floats(found), Tolerance.within(2e-3));
        }
      }
    }
  }

  @Test
  void alphaEditLeavesTheStrongDirectionsOfTheTextAlone() {
    try (LanguageModel model = Golden.GPT2.open()) {
      TokenIds text = Golden.GPT2.prompt();
      Map<Integer, KeyStatistics> keys =
          KeyStatistics.of(model, List.of(1), List.of(text), Turn.immediately());
      var how = new EditMethod.ValueSearch(5, 0.2, 0.99, 4);
      PatchTerm free =
          Editor.of(model, keys)
              .edit(GOAL, new EditMethod.AlphaEdit(List.of(1), how, 1e-6))
              .patches()
              .getFirst()
              .terms()
              .getFirst();
      PatchTerm plain =
          Editor.of(model)
              .edit(GOAL, new EditMethod.Memit(List.of(1), how, 1e-9, 0))
              .patches()
              .getFirst()
              .terms()
              .getFirst();
      double spilledFree = 0;
      double spilledPlain = 0;
      try (var run = model.run(text, Recording.of(HookPoint.MLP_POST))) {
        for (int i = 1; i < text.size(); i++) {
          double[] key = Reference.doubles(run.activation(HookPoint.MLP_POST.at(1), i));
          spilledFree += Math.pow(dot(key, input(free)), 2);
          spilledPlain += Math.pow(dot(key, input(plain)), 2);
        }
      }
      double own = dot(at(model, HookPoint.MLP_POST.at(1), 3), input(free));
      assertClose(own, 1, Tolerance.within(0.05));
      assertClose(spilledFree / spilledPlain, 0, Tolerance.within(1e-3));
    }
  }

  private static double[] input(PatchTerm term) {
    float[] numbers = term.input().toArray();
    return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
  }

  @ParameterizedTest
  @EnumSource(
      value = Golden.class,
      names = {"GPT2", "LLAMA"})
  void fineTuningStaysOfOneRankAndLowersTheLoss(Golden golden) {
    try (LanguageModel model = golden.open()) {
      PatchStack patch = Editor.of(model).edit(GOAL, new EditMethod.FineTuning(1, 10, 0.3, 0.9));
      assertThat(patch.patches()).hasSize(1);
      assertThat(patch.patches().getFirst().rank()).isLessThanOrEqualTo(PROMPT.size());
      try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
        assertThat(score(model.with(edits)).logProbability())
            .isGreaterThan(0.5 * score(model).logProbability());
      }
    }
  }

  @Test
  void gradientStepsOfPartsAddUpToThatOfAll() {
    try (LanguageModel model = Golden.LLAMA.open()) {
      List<MatrixName> all = List.of(MatrixKind.W_IN.at(1), MatrixKind.W_OUT.at(1));
      PatchStack both = Editor.of(model).edit(GOAL, new EditMethod.Gradient("gradient", all, 0.1));
      PatchStack imprint =
          Editor.of(model).edit(GOAL, new EditMethod.Gradient("imprint", all.subList(0, 1), 0.1));
      PatchStack shift =
          Editor.of(model).edit(GOAL, new EditMethod.Gradient("shift", all.subList(1, 2), 0.1));

      assertThat(both.hashes()).isEqualTo(imprint.and(shift).hashes());
    }
  }

  @Test
  void aLayerThatIsNotThereIsRefused() {
    try (LanguageModel model = Golden.GPT2.open()) {
      assertThatThrownBy(
              () -> Editor.of(model).edit(GOAL, new EditMethod.ForwardShift(9, 1, ShiftKey.PLAIN)))
          .isInstanceOf(EditException.class)
          .hasMessageContaining("expected a layer from 0 to 2, got 9");
    }
  }

  /// The world knows its capitals: every method makes another one a hundred times likelier, without
  /// a text to keep clear of, and the search finds a shift that says it.
  @Test
  void everyMethodMovesAFactOfTheSmallWorldAndTheSearchWritesIt() {
    try (LanguageModel model = microworld()) {
      String prompt = "The capital of Norway is";
      var tokens = model.tokenizer().encode(prompt).ids();
      var goal =
          new EditGoal(
              tokens,
              model.tokenizer().encodeWithoutSpecial(" Paris").ids(),
              List.of(tokens.size() - 2));
      var value = new EditMethod.ValueSearch(100, 0.25, 0.95, 4);
      List<EditMethod> methods =
          List.of(
              new EditMethod.Rome(0, value, 0.01),
              new EditMethod.Memit(List.of(0), value, 1e-3, 0.01),
              new EditMethod.AlphaEdit(List.of(0), value, 0.02),
              new EditMethod.FineTuning(2, 25, 0.2, 0.9));
      var question = new AnswerScore.Question(tokens, goal.target());
      double before = AnswerScore.of(model, question).logProbability();
      for (EditMethod method : methods) {
        PatchStack patch = Editor.of(model).edit(goal, method);
        try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
          assertThat(AnswerScore.of(model.with(edits), question).logProbability())
              .as(method.toString())
              .isGreaterThan(before + 5);
        }
      }
      var found =
          EditSearch.layers(
              Editor.of(model),
              model,
              goal,
              List.of(3, 4, 5),
              layer -> new EditMethod.ForwardShift(layer, 1, ShiftKey.PLAIN),
              /* linear= */ true,
              TokenIds.of(),
              Turn.immediately());
      var best = EditSearch.best(found).orElseThrow();
      assertThat(best.success()).isTrue();
      try (WeightEdits edits = WeightEdits.open(model.architecture(), best.patch())) {
        assertThat(
                AnswerScore.of(model.with(edits), new AnswerScore.Question(tokens, goal.target()))
                    .exact())
            .isTrue();
      }
    }
  }

  @Test
  void theBlastRadiusOfASmallStepIsWhatIsMeasured() {
    try (LanguageModel model = microworld()) {
      List<TokenIds> prompts =
          List.of(
                  "The capital of Norway is",
                  "The capital of France is",
                  "The capital of Italy is",
                  "The capital of Spain is",
                  "The capital of Egypt is",
                  "The capital of Japan is",
                  "Once upon a time",
                  "The chemical symbol of gold is",
                  "Question: What is the capital of Norway?",
                  "When Mary and John went to the store, John gave a drink to")
              .stream()
              .map(text -> model.tokenizer().encode(text).ids())
              .toList();
      var goal =
          new EditGoal(
              prompts.getFirst(),
              model.tokenizer().encodeWithoutSpecial(" Paris").ids(),
              List.of());
      PatchStack patch =
          Editor.of(model).edit(goal, new EditMethod.ForwardShift(4, 1e-3, ShiftKey.PLAIN));
      var radius =
          BlastRadius.of(model, Set.of(MatrixKind.W_OUT.at(4)), prompts, Turn.immediately());
      double[] predicted = radius.predict(patch);
      try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
        List<Integer> all = IntStream.range(0, prompts.size()).boxed().toList();
        double[] measured = radius.measure(model, model.with(edits), all);
        double largest =
            IntStream.range(0, 10).mapToDouble(i -> Math.abs(predicted[i])).max().orElseThrow();
        assertThat(largest).isGreaterThan(1e-4);
        for (int i : all) {
          assertClose(measured[i], predicted[i], new Tolerance(0.05 * largest + 3e-6, 0.1));
        }
      }
    }
  }

  @Test
  void spearmanIsThatOfRanks() {
    assertThat(RankCorrelation.spearman(new double[] {1, 2, 3, 4}, new double[] {10, 20, 30, 400}))
        .isEqualTo(1);
    assertThat(RankCorrelation.spearman(new double[] {1, 2, 3, 4}, new double[] {4, 3, 2, 1}))
        .isEqualTo(-1);
    // By hand: ranks less their mean are −1.5, 0, 0, 1.5 and −0.5, −1.5, 0.5, 1.5.
    assertClose(
        RankCorrelation.spearman(new double[] {1, 2, 2, 3}, new double[] {2, 1, 3, 4}),
        3 / Math.sqrt(4.5 * 5),
        Tolerance.within(1e-12));
  }
}
