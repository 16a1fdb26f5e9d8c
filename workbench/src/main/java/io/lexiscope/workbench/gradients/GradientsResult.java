package io.lexiscope.workbench.gradients;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.analysis.gradient.GradientCell;
import io.lexiscope.analysis.gradient.GradientSign;
import io.lexiscope.analysis.gradient.MatrixGradientShape;
import io.lexiscope.analysis.gradient.ReversedHead;
import io.lexiscope.analysis.gradient.SegmentNorm;
import io.lexiscope.analysis.gradient.UpdateEffect;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a gradient would write into the weights.
///
/// @param header model, tokens (the target's but its last among them where it has several),
///   provenance
/// @param loss nats: the sum of −log p of the target's tokens, or by how much the foil leads
/// @param sign which way words of δ are read
/// @param reading how vectors became words
/// @param target the tokens moved towards
/// @param against the foil; absent when there is none
/// @param position where the loss is taken, from 0; of the first token of the target
/// @param matrices every matrix at every position asked for
/// @param ranks every matrix as a whole
/// @param segments mean norms by part of the prompt
/// @param effects what a step of gradient descent was predicted to do, and did
/// @param similarity cosines between layers of what comes back to `W_out` where the loss is read
/// @param reversed the strongest heads of reversed attention; absent when not asked for
/// @param smallNorm shorter vectors are lost in the final norm; cells with such are marked `small`
/// @param vocabulary number of words that ranks count among
/// @param milliseconds wall-clock time
public record GradientsResult(
    @JsonUnwrapped ResultHeader header,
    double loss,
    GradientSign sign,
    GradientReadingView reading,
    List<TokenView> target,
    @Nullable TokenView against,
    int position,
    List<GradientCell> matrices,
    List<MatrixGradientShape> ranks,
    List<SegmentNorm> segments,
    List<UpdateEffect> effects,
    List<List<Double>> similarity,
    @Nullable List<ReversedHead> reversed,
    double smallNorm,
    int vocabulary,
    double milliseconds)
    implements Result {
  /// Copies the lists.
  public GradientsResult {
    target = List.copyOf(target);
    matrices = List.copyOf(matrices);
    ranks = List.copyOf(ranks);
    segments = List.copyOf(segments);
    effects = List.copyOf(effects);
    similarity = similarity.stream().map(List::copyOf).toList();
    reversed = reversed == null ? null : List.copyOf(reversed);
  }

  @Override
  public String method() {
    return "First order: what a small step would write; that a vector reads as a word does not show"
        + " that a large step makes the model say it.";
  }
}
