package io.lexiscope.analysis.lens;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/// Reads vectors of the residual stream wherever they come from (a memory value, a row of W_O, a
/// singular direction), each as if it were the whole stream: through the final norm with its own
/// scale.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, eq. (2)</a>
public final class VectorLens {
  private static final int ROWS = 1024;

  private final LanguageModel model;
  private final LensProjection projection;

  private VectorLens(LanguageModel model, LensProjection projection) {
    this.model = model;
    this.projection = projection;
  }

  /// The lens on a model's vectors.
  ///
  /// @throws LensException if the model has no unembedding or no final norm
  public static VectorLens of(LanguageModel model) {
    return new VectorLens(model, LensProjection.of(model, LensConvention.FINAL_NORM));
  }

  /// Reads every row.
  ///
  /// @param vectors [rows, d_model]; not modified
  /// @return one reading per row
  public List<VectorReading> read(Tensor vectors, ReadingRequest request) {
    List<VectorReading> readings = new ArrayList<>();
    for (long from = 0; from < vectors.size(0); from += ROWS) {
      long start = from;
      long count = Math.min(ROWS, vectors.size(0) - from);
      TensorScope.tidyRun(
          () ->
              readings.addAll(
                  model
                      .reader()
                      .read(
                          projection.projected(
                              vectors.narrow(0, start, count),
                              /* scale= */ null,
                              /* component= */ true),
                          request)));
    }
    return readings;
  }
}
