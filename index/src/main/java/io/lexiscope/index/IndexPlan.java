package io.lexiscope.index;

import io.lexiscope.index.vector.Catalogue;
import io.lexiscope.model.LanguageModel;

/// What a build will take, known before it starts.
///
/// @param vectors how many
/// @param width their elements
/// @param vocabulary words each is read in
/// @param bytes on disk, estimated
public record IndexPlan(int vectors, int width, int vocabulary, long bytes) {
  /// Bytes of postings and points for each word kept, as measured.
  private static final int INDEX_BYTES_PER_WORD = 3;

  /// The plan for a model.
  public static IndexPlan of(LanguageModel model, BuildOptions options) {
    int vectors = Catalogue.of(model).size();
    int width = model.architecture().dModel();
    long ofVector =
        (long) width * Float.BYTES
            + 2L * options.words() * (3L * Integer.BYTES + INDEX_BYTES_PER_WORD)
            + 80;
    return new IndexPlan(
        vectors, width, model.transformer().unembedding().vocabularySize(), vectors * ofVector);
  }

  /// Floating-point operations of the products `V·Eᵀ`: two for each multiplication and addition.
  public double operations() {
    return 2.0 * vectors * width * vocabulary;
  }
}
