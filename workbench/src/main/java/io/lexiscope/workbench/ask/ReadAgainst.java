package io.lexiscope.workbench.ask;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.reading.Baseline;
import io.lexiscope.model.reading.CentredUnembedding;
import org.jspecify.annotations.Nullable;

/// How words and vectors of a result were read.
///
/// @param baseline what logits and scores of vectors stand above; streams and what the model says
///   stand as they are
/// @param starsBeyond z*: a word score beyond it in either direction is starred, as one random
///   vector in a hundred has any; absent where no word can reach it, as a word score is never above
///   √d_model
/// @param underTrained how many tokens training hardly touched, which lists leave out; 0 where they
///   do not
public record ReadAgainst(Baseline baseline, @Nullable Double starsBeyond, int underTrained) {

  /// How a model's words are read.
  ///
  /// @param raw whether logits stand as products give them and lists hold every token
  public static ReadAgainst of(LanguageModel model, boolean raw) {
    CentredUnembedding unembedding = model.reader().unembedding();
    return new ReadAgainst(
        raw ? Baseline.NONE : Baseline.MEAN,
        unembedding.canStar() ? Double.valueOf(unembedding.threshold()) : null,
        raw ? 0 : model.reader().underTrained().size());
  }
}
