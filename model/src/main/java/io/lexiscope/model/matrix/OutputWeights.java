package io.lexiscope.model.matrix;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The weights after the last block.
///
/// @param norm the final norm, or null
/// @param projectOut \[d_model\] to \[width of the embedding\], or null where they are equal
/// @param head what reads the result
/// @param <T> what stands for a weight
public record OutputWeights<T>(
    @Nullable NormWeights<T> norm, @Nullable Linear<T> projectOut, Head<T> head) {

  /// The weights of a head.
  ///
  /// @param <T> what stands for a weight
  public sealed interface Head<T> {
    /// Converts every weight.
    ///
    /// @param f conversion
    /// @param <U> what stands for a weight afterwards
    <U> Head<U> map(Function<? super T, ? extends U> f);
  }

  /// An unembedding.
  ///
  /// @param unembed W_U, [vocabulary, width]; where the head is tied its weight is the very object
  ///   that [EmbeddingWeights#tokens] is
  /// @param <T> what stands for a weight
  public record Language<T>(Linear<T> unembed) implements Head<T> {
    @Override
    public <U> Language<U> map(Function<? super T, ? extends U> f) {
      return new Language<>(unembed.map(f));
    }
  }

  /// What sits on an encoder.
  ///
  /// @param pooler \[d_model\] to \[d_model\], or null
  /// @param classifier \[d_model\] to \[outputs\], or null
  /// @param masked the masked-language head, or null
  /// @param <T> what stands for a weight
  public record Encoder<T>(
      @Nullable Linear<T> pooler,
      @Nullable Linear<T> classifier,
      @Nullable MaskedLanguage<T> masked)
      implements Head<T> {
    @Override
    public <U> Encoder<U> map(Function<? super T, ? extends U> f) {
      return new Encoder<>(
          pooler == null ? null : pooler.map(f),
          classifier == null ? null : classifier.map(f),
          masked == null
              ? null
              : new MaskedLanguage<>(
                  masked.transform.map(f), masked.norm.map(f), masked.unembed.map(f)));
    }
  }

  /// A masked-language head: `unembed(norm(activation(transform(x))))`, with activation and norm of
  /// the blocks.
  ///
  /// @param transform \[d_model\] to \[d_model\]
  /// @param norm norm after the activation
  /// @param unembed the embedding matrix and a bias of its own
  /// @param <T> what stands for a weight
  public record MaskedLanguage<T>(Linear<T> transform, NormWeights<T> norm, Linear<T> unembed) {}

  <U> OutputWeights<U> map(Function<? super T, ? extends U> f) {
    return new OutputWeights<>(
        NormWeights.mapIfPresent(norm, f),
        projectOut == null ? null : projectOut.map(f),
        head.map(f));
  }
}
