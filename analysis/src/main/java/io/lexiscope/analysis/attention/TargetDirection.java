package io.lexiscope.analysis.attention;

import io.lexiscope.analysis.lens.FinalNorm;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The direction of the stream whose product with a part of it is what that part adds to a word's
/// logit: relative to the mean word, which softmax never sees, or to a foil. The final norm is held
/// at the scale it had.
///
/// @param model whose words
/// @param target token id
/// @param against the foil's id, or null for the mean over the vocabulary
public record TargetDirection(LanguageModel model, int target, @Nullable Integer against) {

  /// The direction at a position of a run, \[d_model\], before any soft cap and without biases.
  ///
  /// @param position from 0
  /// @throws io.lexiscope.analysis.lens.LensException if the run lacks the scale of the final norm
  ///   ([#places])
  public Tensor at(Run run, int position) {
    return TensorScope.tidy(
        () -> in(Space.FOLDED).div(FinalNorm.of(model).scaleOf(run, List.of(position)).item()));
  }

  /// What the target's logit has, relative to the mean word or the foil, whatever the stream is:
  /// the bias of the final norm read by the words, and the bias of the unembedding.
  public double constant() {
    return TensorScope.tidy(
        () -> {
          Tensor shift = FinalNorm.of(model).norm().weights().bias();
          Tensor bias = model.transformer().unembedding().bias();
          double ofNorm = shift == null ? 0 : in(Space.PLAIN).mul(shift).sum().item();
          double ofBias =
              bias == null
                  ? 0
                  : bias.select(0, target).item()
                      - (against == null
                          ? words(model).meanBias()
                          : bias.select(0, against).item());
          return ofNorm + ofBias;
        });
  }

  private Tensor in(Space space) {
    Baseline baseline = against == null ? Baseline.MEAN : Baseline.NONE;
    Tensor own = words(model).directions(List.of(target), baseline, space).squeeze(0);
    return against == null
        ? own
        : own.sub(words(model).directions(List.of(against), baseline, space).squeeze(0));
  }

  /// Directions of some words relative to the mean word for a final norm of scale 1, [words,
  /// d_model].
  ///
  /// @param words token ids
  static Tensor unscaled(LanguageModel model, List<Integer> words) {
    return words(model).directions(words, Baseline.MEAN, Space.FOLDED);
  }

  private static CentredUnembedding words(LanguageModel model) {
    return model.reader().unembedding();
  }

  /// What a run must record.
  public static List<HookName> places(LanguageModel model) {
    return LensProjection.of(model, LensConvention.FROZEN_SCALE).needs();
  }
}
