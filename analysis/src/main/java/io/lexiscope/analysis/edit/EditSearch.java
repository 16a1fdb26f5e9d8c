package io.lexiscope.analysis.edit;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.edit.PatchStack;
import io.lexiscope.model.edit.WeightEdits;
import io.lexiscope.model.edit.WeightPatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Finds at which layer and, for methods that are linear in it, with which step an edit succeeds
/// with the least damage to a text.
public final class EditSearch {
  /// Steps are tried from this one up, as factors on the step of the method given.
  private static final double SMALLEST = 0x1p-20;

  private static final double LARGEST = 0x1p20;
  private static final int FACTOR = 4;

  /// Halvings between the last failure and the first success.
  private static final int HALVINGS = 4;

  private EditSearch() {}

  /// An edit at one layer.
  ///
  /// @param layer from 0
  /// @param factor on the step of the method given; null for methods without one
  /// @param success whether the model says every token of the target
  /// @param damage by how much the text's perplexity grew, as a share; NaN without a text
  /// @param patch the edit
  public record Found(
      int layer, @Nullable Double factor, boolean success, double damage, PatchStack patch) {}

  /// Tries layers.
  ///
  /// @param method by layer; of those that are linear in their step, with step 1
  /// @param linear whether a patch may be scaled
  /// @param text whose perplexity counts as damage; may be empty
  /// @return one a layer, in their order
  public static List<Found> layers(
      Editor editor,
      LanguageModel model,
      EditGoal goal,
      List<Integer> layers,
      IntFunction<EditMethod> method,
      boolean linear,
      TokenIds text,
      Turn turn) {
    double before = turn.take(() -> EditEvaluation.perplexity(model, text));
    List<Found> found = new ArrayList<>();
    for (int layer : layers) {
      found.add(
          turn.take(
              () -> {
                PatchStack patch = editor.edit(goal, method.apply(layer));
                Double factor = linear ? step(model, goal, patch) : null;
                PatchStack scaled = factor == null ? patch : times(patch, factor);
                return judged(model, goal, layer, factor, scaled, text, before);
              }));
      turn.progress(found.size(), layers.size(), "layers");
    }
    return found;
  }

  /// The least damaging of those that succeed; of none, the first that was tried.
  public static Optional<Found> best(List<Found> found) {
    return found.stream()
        .min(
            Comparator.comparing((Found one) -> !one.success())
                .thenComparingDouble(one -> Double.isNaN(one.damage()) ? 0 : one.damage()));
  }

  private static Found judged(
      LanguageModel model,
      EditGoal goal,
      int layer,
      @Nullable Double factor,
      PatchStack patch,
      TokenIds text,
      double before) {
    try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
      LanguageModel edited = model.with(edits);
      boolean success = says(edited, goal);
      double damage = EditEvaluation.perplexity(edited, text) / before - 1;
      return new Found(layer, factor, success, damage, patch);
    }
  }

  /// The smallest factor found at which the model says the target; the largest tried where none
  /// does.
  private static double step(LanguageModel model, EditGoal goal, PatchStack patch) {
    double factor = SMALLEST;
    while (factor < LARGEST && !says(model, goal, times(patch, factor))) {
      factor *= FACTOR;
    }
    double low = factor / FACTOR;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = Math.sqrt(low * factor);
      if (says(model, goal, times(patch, middle))) {
        factor = middle;
      } else {
        low = middle;
      }
    }
    return factor;
  }

  private static boolean says(LanguageModel model, EditGoal goal, PatchStack patch) {
    try (WeightEdits edits = WeightEdits.open(model.architecture(), patch)) {
      return says(model.with(edits), goal);
    }
  }

  private static boolean says(LanguageModel model, EditGoal goal) {
    return AnswerScore.of(model, new AnswerScore.Question(goal.prompt(), goal.target())).exact();
  }

  /// The same change in another strength.
  public static PatchStack times(PatchStack patches, double factor) {
    List<WeightPatch> scaled =
        patches.patches().stream().map(patch -> patch.times(factor)).toList();
    return new PatchStack(scaled);
  }
}
