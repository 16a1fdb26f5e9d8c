package io.lexiscope.model.matrix;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The weights of the embedding.
///
/// @param tokens W_E, [vocabulary, width]
/// @param positions W_pos, [context + offset, d_model], or null
/// @param tokenTypes vectors of the token types, [types, d_model], or null
/// @param norm norm of the sum, or null
/// @param projectIn \[width\] to \[d_model\], or null where they are equal
/// @param <T> what stands for a weight
public record EmbeddingWeights<T>(
    T tokens,
    @Nullable T positions,
    @Nullable T tokenTypes,
    @Nullable NormWeights<T> norm,
    @Nullable Linear<T> projectIn) {
  <U> EmbeddingWeights<U> map(Function<? super T, ? extends U> f) {
    return new EmbeddingWeights<>(
        f.apply(tokens),
        positions == null ? null : f.apply(positions),
        tokenTypes == null ? null : f.apply(tokenTypes),
        NormWeights.mapIfPresent(norm, f),
        projectIn == null ? null : projectIn.map(f));
  }
}
