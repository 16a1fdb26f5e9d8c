package io.lexiscope.model.reading;

import io.lexiscope.model.reading.CentredUnembedding.Space;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Vectors on their way through the unembedding.
///
/// @param rows what the unembedding reads, [rows, width of the unembedding]; not modified
/// @param unembedding with the bias and the soft cap that are to act
/// @param space in which rows a word score measures; null where the head is not linear, so that
///   there is none
/// @param stream whether they are whole streams, to which the final norm's bias was added, rather
///   than parts of one
/// @param sizes of each vector
public record Projected(
    Tensor rows, Unembedding unembedding, @Nullable Space space, boolean stream, List<Size> sizes) {

  /// How long a vector is.
  ///
  /// @param norm Euclidean length
  /// @param seen the length that reaches the gain of the final norm: divided by the norm's scale
  public record Size(double norm, double seen) {}

  /// Copies the list.
  public Projected {
    sizes = List.copyOf(sizes);
  }

  /// The sizes of vectors that no scale divides.
  ///
  /// @param vectors [rows, d_model]
  public static List<Size> sizes(Tensor vectors) {
    float[] norms = TensorScope.tidy(() -> vectors.norm(-1, /* keepAxis= */ false).toFloats());
    return IntStream.range(0, norms.length)
        .mapToObj(row -> new Size(norms[row], norms[row]))
        .toList();
  }

  /// The sizes of vectors that a norm divides.
  ///
  /// @param vectors [rows, d_model]
  /// @param scales [rows, 1]
  public static List<Size> sizes(Tensor vectors, Tensor scales) {
    float[] divisors = TensorScope.tidy(() -> scales.reshape(-1).toFloats());
    List<Size> whole = sizes(vectors);
    return IntStream.range(0, divisors.length)
        .mapToObj(row -> new Size(whole.get(row).norm(), whole.get(row).norm() / divisors[row]))
        .toList();
  }
}
