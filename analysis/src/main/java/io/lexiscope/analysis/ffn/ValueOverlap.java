package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// How much the top words of a value vector depend on the lens: the intersection over union of its
/// top words under the unembedding alone and under the final norm with gain and bias.
///
/// Of two sets of 30 with n words in common it is n/(60 − n), so only 31 values can occur.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, App. A.1 and Fig. 4</a>
public final class ValueOverlap {
  /// Words that are compared in the paper.
  public static final int WORDS = 30;

  private ValueOverlap() {}

  /// Shared words by all words of two lists of distinct ids.
  public static double intersectionOverUnion(List<Integer> first, List<Integer> second) {
    Set<Integer> union = new HashSet<>(first);
    union.addAll(second);
    int shared = first.size() + second.size() - union.size();
    return union.isEmpty() ? 1 : (double) shared / union.size();
  }

  /// The overlap of the raw reading and the one after the final norm.
  ///
  /// @param layer from 0
  /// @param neurons which value vectors
  /// @return one number per neuron, 0 to 1
  /// @throws io.lexiscope.analysis.lens.LensException if the model has no final norm
  public static double[] ofValues(LanguageModel model, int layer, List<Integer> neurons) {
    return TensorScope.tidy(() -> overlaps(model, ValueVectors.of(model, layer).pick(neurons)));
  }

  /// The overlap for random vectors like the value vectors of a layer.
  ///
  /// @param layer from 0
  /// @param vectors how many
  /// @param seed of the random numbers
  public static double[] ofRandom(LanguageModel model, int layer, int vectors, long seed) {
    return TensorScope.tidy(() -> overlaps(model, NullBand.matched(model, layer, vectors, seed)));
  }

  private static double[] overlaps(LanguageModel model, Tensor vectors) {
    List<List<Integer>> raw = top(model, vectors, LensConvention.RAW);
    List<List<Integer>> normed = top(model, vectors, LensConvention.FINAL_NORM);
    return IntStream.range(0, raw.size())
        .mapToDouble(row -> intersectionOverUnion(raw.get(row), normed.get(row)))
        .toArray();
  }

  private static List<List<Integer>> top(
      LanguageModel model, Tensor vectors, LensConvention convention) {
    LensProjection lens = LensProjection.of(model, convention);
    return VocabularyReadout.read(
            lens.project(vectors, /* scale= */ null, /* component= */ true),
            lens.unembeddingOf(/* component= */ true),
            VocabularyReadout.Request.top(WORDS))
        .stream()
        .map(reading -> reading.top().stream().map(TokenLogit::id).toList())
        .toList();
  }
}
