package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensProjection;
import io.lexiscope.analysis.lens.LensReading.Words;
import io.lexiscope.analysis.lens.TargetReading;
import io.lexiscope.analysis.lens.TokenReading;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.Tokenizer;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Reads rows of vectors as words by one convention.
final class VectorReader {
  /// Vectors that share one pass over the unembedding matrix.
  private static final int ROWS = 1024;

  private final LanguageModel model;
  private final LensProjection lens;
  private final Map<Integer, String> texts = new HashMap<>();

  VectorReader(LanguageModel model, LensProjection lens) {
    this.model = model;
    this.lens = lens;
  }

  /// Reads every row.
  ///
  /// @param vectors [rows, d_model]
  /// @param scale divisor of each row, [rows, 1], or null
  /// @param component whether they are added to a stream, rather than streams
  List<VectorReading> read(
      Tensor vectors,
      @Nullable Tensor scale,
      boolean component,
      VocabularyReadout.Request request) {
    List<VectorReading> readings = new ArrayList<>();
    long rows = vectors.size(0);
    for (long from = 0; from < rows; from += ROWS) {
      long start = from;
      long count = Math.min(ROWS, rows - from);
      TensorScope.tidyRun(
          () -> {
            Tensor some = vectors.narrow(0, start, count);
            Tensor divisor = scale == null ? null : scale.narrow(0, start, count);
            List<VocabularyReading> found =
                VocabularyReadout.read(
                    lens.project(some, divisor, component), lens.unembeddingOf(component), request);
            float[] norms = some.norm(-1, /* keepAxis= */ false).toFloats();
            for (int row = 0; row < norms.length; row++) {
              readings.add(reading(norms[row], found.get(row)));
            }
          });
    }
    return readings;
  }

  private VectorReading reading(double norm, VocabularyReading found) {
    return reading(found, norm, id -> texts.computeIfAbsent(id, model.tokenizer()::display));
  }

  /// What a reading of the vocabulary says, with the texts of its tokens.
  static VectorReading reading(Tokenizer tokenizer, double norm, VocabularyReading found) {
    return reading(found, norm, tokenizer::display);
  }

  private static VectorReading reading(
      VocabularyReading found, double norm, IntFunction<String> text) {
    List<TargetReading> targets =
        found.targets().stream()
            .map(
                target ->
                    new TargetReading(
                        target.id(),
                        text.apply(target.id()),
                        found.probability(target.logit()),
                        target.logit(),
                        target.rank()))
            .toList();
    return new VectorReading(
        norm,
        found.entropy(),
        new Words(words(found, found.top(), text), words(found, found.bottom(), text)),
        targets);
  }

  private static List<TokenReading> words(
      VocabularyReading found, List<TokenLogit> tokens, IntFunction<String> text) {
    return tokens.stream()
        .map(
            token ->
                new TokenReading(
                    token.id(),
                    text.apply(token.id()),
                    found.probability(token.logit()),
                    token.logit()))
        .toList();
  }
}
