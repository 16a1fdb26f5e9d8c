package io.lexiscope.analysis.edit;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Rows;
import io.lexiscope.model.Run;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.edit.EditException;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Linalg;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What enters a layer's `W_out` over a text: its mean and its second moment C = mean of kᵀk, in
/// double precision.
///
/// Plain numbers; may be shared between threads.
public final class KeyStatistics {
  /// Texts that run side by side.
  private static final int ROWS = 16;

  private final int width;
  private final double[] mean;
  private final double[] moment;
  private final long count;

  private KeyStatistics(int width, double[] mean, double[] moment, long count) {
    this.width = width;
    this.mean = mean;
    this.moment = moment;
    this.count = count;
  }

  /// The statistics of no text: mean 0, second moment the identity.
  ///
  /// @param width of a key, d_mlp
  public static KeyStatistics identity(int width) {
    double[] moment = new double[width * width];
    for (int i = 0; i < width; i++) {
      moment[i * width + i] = 1;
    }
    return new KeyStatistics(width, new double[width], moment, /* count= */ 0);
  }

  /// Over every position of some texts but the first of each, which sees nothing.
  ///
  /// @param layers from 0
  /// @param texts at least one, each within the context
  /// @return by layer
  /// @throws EditException if there is no position to take
  public static Map<Integer, KeyStatistics> of(
      LanguageModel model, List<Integer> layers, List<TokenIds> texts, Turn turn) {
    int width = model.architecture().dimensions().dMlp();
    List<HookName> places = layers.stream().map(HookPoint.MLP_POST::at).toList();
    long[] count = new long[1];
    try (TensorScope scope = TensorScope.open()) {
      Map<Integer, Sums> sums = new LinkedHashMap<>();
      for (int layer : layers) {
        sums.put(layer, scope.call(() -> Sums.zero(width)));
      }
      for (int from = 0; from < texts.size(); from += ROWS) {
        List<TokenIds> some = texts.subList(from, Math.min(texts.size(), from + ROWS));
        turn.take(
            () -> {
              try (RunBatch batch = model.run(Rows.of(some), Recording.of(places))) {
                sums.forEach((layer, sum) -> sum.add(batch, layer));
              }
              return Boolean.TRUE;
            });
        count[0] += some.stream().mapToLong(text -> text.size() - 1L).sum();
        turn.progress(Math.min(texts.size(), from + ROWS), texts.size(), "texts");
      }
      if (count[0] == 0) {
        throw new EditException(
            "keys: expected texts of two tokens or more, got none; give a longer text");
      }
      Map<Integer, KeyStatistics> all = new LinkedHashMap<>();
      sums.forEach(
          (layer, sum) ->
              all.put(
                  layer,
                  mean(
                      width,
                      Tensors.doubles(sum.first()),
                      Tensors.doubles(sum.second()),
                      count[0])));
      return all;
    }
  }

  /// Σk and Σkᵀk, in double precision.
  private record Sums(Tensor first, Tensor second) implements TensorHolder {
    static Sums zero(int width) {
      return new Sums(
          Tensors.zeros(Shape.of(width), DType.FLOAT64),
          Tensors.zeros(Shape.of(width, width), DType.FLOAT64));
    }

    @Override
    public Stream<Tensor> tensors() {
      return Stream.of(first, second);
    }

    void add(RunBatch batch, int layer) {
      TensorScope.tidyRun(
          () -> {
            List<Tensor> own = new ArrayList<>();
            for (Run run : batch.rows()) {
              if (run.length() > 1) {
                own.add(
                    run.activation(HookPoint.MLP_POST.at(layer))
                        .select(0, 0)
                        .narrow(0, 1, run.length() - 1L));
              }
            }
            if (!own.isEmpty()) {
              Tensor keys = Tensors.cat(own, 0);
              first.addInPlace(keys.sum(0, /* keepAxis= */ false).to(DType.FLOAT64));
              second.addInPlace(keys.transpose(0, 1).matmul(keys).to(DType.FLOAT64));
            }
          });
    }
  }

  private static KeyStatistics mean(int width, double[] sum, double[] moment, long count) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= count;
    }
    for (int i = 0; i < moment.length; i++) {
      moment[i] /= count;
    }
    return new KeyStatistics(width, sum, moment, count);
  }

  /// Positions they were taken over; 0 for [#identity].
  public long count() {
    return count;
  }

  /// Width of a key.
  public int width() {
    return width;
  }

  /// A key less the mean.
  double[] centred(double[] key) {
    double[] centred = key.clone();
    for (int i = 0; i < width; i++) {
      centred[i] -= mean[i];
    }
    return centred;
  }

  /// `(C + ridge·tr(C)/d·I)⁻¹·k`.
  double[] weighed(double[] key, double ridge) {
    return solve(moment, key, ridge);
  }

  /// The same by the covariance, C less the mean's own product.
  double[] whitened(double[] key, double ridge) {
    double[] covariance = moment.clone();
    if (count > 0) {
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          covariance[i * width + j] -= mean[i] * mean[j];
        }
      }
    }
    return solve(covariance, key, ridge);
  }

  private double[] solve(double[] matrix, double[] key, double ridge) {
    double[] raised = matrix.clone();
    double add = ridge * meanDiagonal(matrix);
    for (int i = 0; i < width; i++) {
      raised[i * width + i] += add;
    }
    return TensorScope.tidy(
        () ->
            Tensors.doubles(
                Linalg.solve(
                    Tensors.ofDoubles(raised, Shape.of(width, width)),
                    Tensors.ofDoubles(key, Shape.of(width, 1)))));
  }

  private double meanDiagonal(double[] matrix) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += matrix[i * width + i];
    }
    return sum / width;
  }

  /// The part of a key in the directions that together hold a share of the text's square, the
  /// weakest first.
  ///
  /// @param share 0 to 1
  double[] inWeakDirections(double[] key, double share) {
    return TensorScope.tidy(
        () -> {
          Linalg.Eigen eigen = Linalg.eigh(Tensors.ofDoubles(moment, Shape.of(width, width)));
          double[] values = Tensors.doubles(eigen.values());
          double all = 0;
          for (double value : values) {
            all += Math.max(0, value);
          }
          int weak = 0;
          double held = 0;
          while (weak < width && held + Math.max(0, values[weak]) <= share * all) {
            held += Math.max(0, values[weak++]);
          }
          if (weak == 0) {
            return new double[width];
          }
          Tensor directions = eigen.vectors().narrow(1, 0, weak);
          Tensor column = Tensors.ofDoubles(key, Shape.of(width, 1));
          return Tensors.doubles(
              directions.matmul(directions.transpose(0, 1).matmul(column)).to(DType.FLOAT64));
        });
  }

  /// Texts cut to pieces that fit a context.
  ///
  /// @param length of a piece, at least two
  /// @param most pieces at most
  public static List<TokenIds> pieces(TokenIds text, int length, int most) {
    List<TokenIds> pieces = new ArrayList<>();
    for (int from = 0; from + 2 <= text.size() && pieces.size() < most; from += length) {
      pieces.add(text.slice(from, Math.min(text.size(), from + length)));
    }
    return pieces;
  }
}
