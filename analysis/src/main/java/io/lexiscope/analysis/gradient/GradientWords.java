package io.lexiscope.analysis.gradient;

import io.lexiscope.analysis.lens.LensException;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.model.reading.Projected;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads vectors of the residual stream by one of the readings of gradients: the one place where
/// factors become words.
public final class GradientWords {
  private static final int ROWS = 512;

  private final LanguageModel model;
  private final GradientReading reading;

  private GradientWords(LanguageModel model, GradientReading reading) {
    this.model = model;
    this.reading = reading;
  }

  /// A reader of a model's vectors.
  ///
  /// @throws LensException if the model has no unembedding
  public static GradientWords of(LanguageModel model, GradientReading reading) {
    if (!model.transformer().hasUnembedding()) {
      throw new LensException(
          "gradients: expected a model with an unembedding, got family %s without a language head; choose a language model"
              .formatted(model.architecture().family()));
    }
    return new GradientWords(model, reading);
  }

  /// Reads every row.
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @param top words at the upper end of each
  /// @param bottom words at the lower end
  /// @param target the token whose rank is wanted, or null
  public List<VectorReading> read(Tensor vectors, int top, int bottom, @Nullable Integer target) {
    ReadingRequest request =
        ReadingRequest.words(top, bottom).andTargets(target == null ? List.of() : List.of(target));
    return switch (reading) {
      case LINEAR -> model.reader().read(vectors, request);
      case NORMALISED -> throughTheNorm(vectors, request, /* unit= */ true);
      case RAW -> throughTheNorm(vectors, request, /* unit= */ false);
    };
  }

  private List<VectorReading> throughTheNorm(Tensor vectors, ReadingRequest request, boolean unit) {
    AffineNorm norm = CentredUnembedding.normOf(model.transformer());
    List<VectorReading> readings = new ArrayList<>();
    for (long from = 0; from < vectors.size(0); from += ROWS) {
      long start = from;
      long count = Math.min(ROWS, vectors.size(0) - from);
      TensorScope.tidyRun(
          () -> {
            Tensor some = vectors.narrow(0, start, count);
            Tensor sized = unit ? some.div(some.norm(-1, /* keepAxis= */ true)) : some;
            Tensor normed = norm == null ? sized : norm.apply(sized);
            readings.addAll(
                model
                    .reader()
                    .read(
                        new Projected(
                            model.transformer().beforeUnembedding(normed),
                            model.transformer().unembedding(),
                            /* space= */ null,
                            /* stream= */ true,
                            Projected.sizes(some)),
                        request));
          });
    }
    return readings;
  }
}
