package io.lexiscope.model.intervene;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;

/// A direction of the residual stream that words name: the mean of their vectors, minus the mean of
/// other words' vectors.
///
/// @param space whose vectors
/// @param words token ids, at least one
/// @param minus token ids, none or more
public record WordDirection(Space space, List<Integer> words, List<Integer> minus) {

  /// Whose vectors stand for words.
  public enum Space {
    /// Rows of W_U as the checkpoint holds them: what a word is read by, without the weight of the
    /// final norm.
    UNEMBEDDING,
    /// Rows of W_E as the checkpoint holds them: what a word is entered as.
    EMBEDDING
  }

  /// Copies the lists.
  ///
  /// @throws InterventionException if there is no word
  public WordDirection {
    words = List.copyOf(words);
    minus = List.copyOf(minus);
    if (words.isEmpty()) {
      throw new InterventionException("direction: expected at least one word, got none");
    }
  }

  /// The direction in a model.
  ///
  /// @return \[d_model\], not normalised
  /// @throws InterventionException if the model's word vectors are not of the residual stream's
  ///   width
  /// @throws io.lexiscope.model.forward.ForwardException if the model has no unembedding
  public FloatVector in(Transformer transformer) {
    return TensorScope.tidy(
        () -> {
          Tensor rows =
              switch (space) {
                case UNEMBEDDING -> transformer.unembedding().weight();
                case EMBEDDING -> transformer.weights().embedding().tokens();
              };
          int width = transformer.architecture().dModel();
          if (rows.size(1) != width) {
            throw new InterventionException(
                "direction: expected word vectors of %d numbers, the residual stream, got %d in this model; give the vector itself"
                    .formatted(width, rows.size(1)));
          }
          Tensor direction = mean(rows, words);
          return FloatVector.of(
              (minus.isEmpty() ? direction : direction.sub(mean(rows, minus))).toFloats());
        });
  }

  private static Tensor mean(Tensor rows, List<Integer> ids) {
    long[] indices = ids.stream().mapToLong(Integer::longValue).toArray();
    return rows.indexSelect(0, Tensors.ofLongs(indices)).mean(0, /* keepAxis= */ false);
  }
}
