package io.lexiscope.analysis.survey;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;

/// Vectors as logits over the whole vocabulary, each as if it were the stream: `softmax(ln_f(x)
/// W_U)`.
///
/// @param model whose words
/// @param lens on its vectors
record WordSpread(LanguageModel model, LensProjection lens) {

  static WordSpread of(LanguageModel model) {
    return new WordSpread(model, LensProjection.of(model, LensConvention.FINAL_NORM));
  }

  /// Probabilities, [rows, vocabulary].
  ///
  /// @param vectors [rows, d_model]
  Tensor probabilities(Tensor vectors) {
    return TensorScope.tidy(() -> logits(vectors).softmax(-1));
  }

  /// The leading words of each row, largest first.
  ///
  /// @param vectors [rows, d_model]
  long[][] leading(Tensor vectors, int k) {
    return TensorScope.tidy(
        () -> {
          long[] ids = logits(vectors).topK(k, -1, /* largest= */ true).indices().toLongs();
          long[][] rows = new long[(int) vectors.size(0)][k];
          for (int row = 0; row < rows.length; row++) {
            System.arraycopy(ids, row * k, rows[row], 0, k);
          }
          return rows;
        });
  }

  private Tensor logits(Tensor vectors) {
    return lens.unembeddingOf(/* component= */ true)
        .logits(lens.project(vectors, /* scale= */ null, /* component= */ true));
  }
}
