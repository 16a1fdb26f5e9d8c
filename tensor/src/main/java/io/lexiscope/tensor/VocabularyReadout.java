package io.lexiscope.tensor;

import io.lexiscope.tensor.VocabularyReading.TargetLogit;
import io.lexiscope.tensor.VocabularyReading.TokenLogit;
import io.lexiscope.tensor.internal.kernel.KernelGroup;
import io.lexiscope.tensor.internal.kernel.Kernels;
import io.lexiscope.tensor.internal.kernel.Matrix;
import io.lexiscope.tensor.internal.kernel.Products;
import io.lexiscope.tensor.internal.kernel.RowReading;
import io.lexiscope.tensor.internal.kernel.VocabularyQuery;
import io.lexiscope.tensor.internal.kernel.VocabularyReadings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads vectors in the vocabulary block by block: top, bottom, entropy and target ranks of
/// `x·W_Uᵀ`, exact, without ever holding the logits of the whole vocabulary.
///
/// With warm kernels each tile of logits is read by the thread that made it, before the next one;
/// else libtorch multiplies and several passes read the result.
///
/// Additional memory: O(rows · k), and one block of at most [#BLOCK_ELEMENTS] logits or a tile for
/// each thread.
public final class VocabularyReadout {
  /// Most logits held at a time; 4 MiB of float32 stay in the cache between the product and the
  /// scan.
  static final long BLOCK_ELEMENTS = 1 << 20;

  private static final int SMALLEST_BLOCK = 256;

  private VocabularyReadout() {}

  /// What to read of each vector.
  ///
  /// @param top how many of the largest logits; may exceed the vocabulary
  /// @param bottom how many of the smallest
  /// @param targets vocabulary entries whose logit and rank are wanted, for every row
  public record Request(int top, int bottom, List<Integer> targets) {
    public Request {
      if (top < 0 || bottom < 0) {
        throw new TensorException(
            "readout: expected counts of 0 or more, got top=" + top + " bottom=" + bottom);
      }
      targets = List.copyOf(targets);
    }

    /// Only the `k` largest.
    public static Request top(int k) {
      return new Request(k, 0, List.of());
    }
  }

  /// Reads every row.
  ///
  /// @param x vectors as the unembedding expects them, [rows, d_model]; not modified
  /// @return one reading per row
  /// @throws TensorException if a target is outside the vocabulary or d_model differs
  public static List<VocabularyReading> read(Tensor x, Unembedding unembedding, Request request) {
    x.shape()
        .require("readout", Axis.any("rows"), Axis.of("d_model", unembedding.weight().size(1)));
    int vocabulary = unembedding.vocabularySize();
    for (int target : request.targets()) {
      if (target < 0 || target >= vocabulary) {
        throw new TensorException(
            "readout: expected a target id from 0 to " + (vocabulary - 1) + ", got " + target);
      }
    }
    int rows = Math.toIntExact(x.size(0));
    Products products = kernels(rows, unembedding);
    return products == null
        ? readByBlocks(x, unembedding, request, rows)
        : readByTiles(x, unembedding, request, products);
  }

  /// The kernels, or null where libtorch is to do it.
  private static @Nullable Products kernels(int rows, Unembedding unembedding) {
    Kernels kernels = NativeRuntime.kernels();
    Tensor weight = unembedding.weight();
    Tensor bias = unembedding.bias();
    boolean fits =
        kernels.mode() != Kernels.Mode.OFF
            && rows > 0
            && InferenceLinear.stored(weight)
            && weight.plainAddress() != 0
            && weight.size(0) >= VocabularyReadings.FEWEST_ENTRIES
            && (bias == null || (bias.dtype() == DType.FLOAT32 && bias.plainAddress() != 0));
    if (!fits) {
      return null;
    }
    KernelGroup group =
        switch (weight.dtype()) {
          case FLOAT32 -> KernelGroup.READINGS;
          case BLOCKS -> KernelGroup.BLOCKS;
          default -> KernelGroup.HALVES;
        };
    return kernels.forProduct(group, (double) rows * weight.shape().elements()).orElse(null);
  }

  /// Reads each tile of logits in the instructions that made it, while it is in the cache.
  private static List<VocabularyReading> readByTiles(
      Tensor x, Unembedding unembedding, Request request, Products products) {
    Tensor bias = unembedding.bias();
    VocabularyQuery query =
        new VocabularyQuery(
            bias == null ? 0 : bias.plainAddress(),
            (float) unembedding.softCap().orElse(0),
            request.top(),
            request.bottom(),
            request.targets());
    List<RowReading> read =
        TensorScope.tidy(
            () -> {
              Tensor vectors = x.detach().to(DType.FLOAT32).contiguous();
              Tensor weight = unembedding.weight();
              int d = Math.toIntExact(weight.size(1));
              return products
                  .vocabulary()
                  .read(
                      Matrix.floats(vectors.plainAddress(), Math.toIntExact(x.size(0)), d),
                      InferenceLinear.matrix(weight, unembedding.vocabularySize(), d),
                      query,
                      NativeRuntime.threads());
            });
    return read.stream().map(row -> reading(row, request)).toList();
  }

  private static VocabularyReading reading(RowReading row, Request request) {
    List<TokenLogit> top = new ArrayList<>(row.topCount());
    for (int i = 0; i < row.topCount(); i++) {
      top.add(new TokenLogit(row.topId(i), row.topLogit(i)));
    }
    List<TokenLogit> bottom = new ArrayList<>(row.bottomCount());
    for (int i = 0; i < row.bottomCount(); i++) {
      bottom.add(new TokenLogit(row.bottomId(i), row.bottomLogit(i)));
    }
    List<TargetLogit> targets = new ArrayList<>(request.targets().size());
    for (int t = 0; t < request.targets().size(); t++) {
      targets.add(new TargetLogit(request.targets().get(t), row.targetLogit(t), row.targetRank(t)));
    }
    return new VocabularyReading(top, bottom, row.logSumExp(), row.entropy(), targets);
  }

  private static List<VocabularyReading> readByBlocks(
      Tensor x, Unembedding unembedding, Request request, int rows) {
    int vocabulary = unembedding.vocabularySize();
    RowReader[] readers = new RowReader[rows];
    Arrays.setAll(readers, row -> new RowReader(request, vocabulary));
    int block =
        Math.min(vocabulary, (int) Math.max(BLOCK_ELEMENTS / Math.max(rows, 1), SMALLEST_BLOCK));
    TensorScope.tidyRun(
        () -> {
          Tensor vectors = x.detach().to(DType.FLOAT32).contiguous();
          readTargets(vectors, unembedding, request, readers, block);
          for (int start = 0; start < vocabulary; start += block) {
            int from = start;
            int length = Math.min(block, vocabulary - from);
            TensorScope.tidyRun(
                () -> {
                  Tensor logits = unembedding.logits(vectors, from, length).contiguous();
                  accumulate(logits, from, length, readers);
                });
          }
        });
    List<VocabularyReading> readings = new ArrayList<>(rows);
    for (RowReader reader : readers) {
      readings.add(reader.finish());
    }
    return readings;
  }

  /// The target's logit must be the very number its block will hold, or it would be counted against
  /// itself: each block with a target is computed once ahead, by the same product.
  private static void readTargets(
      Tensor x, Unembedding unembedding, Request request, RowReader[] readers, int block) {
    int vocabulary = unembedding.vocabularySize();
    request.targets().stream()
        .map(target -> target / block)
        .distinct()
        .forEach(
            index ->
                TensorScope.tidyRun(
                    () -> {
                      int from = index * block;
                      int length = Math.min(block, vocabulary - from);
                      MemorySegment logits =
                          unembedding.logits(x, from, length).contiguous().memory();
                      for (int t = 0; t < request.targets().size(); t++) {
                        int target = request.targets().get(t);
                        if (target / block == index) {
                          for (int row = 0; row < readers.length; row++) {
                            long at = (long) row * length + target - from;
                            readers[row].setTarget(
                                t, logits.getAtIndex(ValueLayout.JAVA_FLOAT, at));
                          }
                        }
                      }
                    }));
  }

  private static void accumulate(Tensor logits, int from, int length, RowReader[] readers) {
    Tensor largest = logits.max(-1, /* keepAxis= */ true);
    float[] max = largest.toFloats();
    Tensor shifted = logits.sub(largest);
    Tensor weights = shifted.exp();
    float[] sum = weights.sum(-1, /* keepAxis= */ false).toFloats();
    float[] moment = weights.mul(shifted).sum(-1, /* keepAxis= */ false).toFloats();
    MemorySegment memory = logits.memory();
    IntStream.range(0, readers.length)
        .parallel()
        .forEach(
            row -> {
              RowReader reader = readers[row];
              reader.addMass(max[row], sum[row], moment[row]);
              float[] values =
                  memory
                      .asSlice((long) row * length * Float.BYTES, (long) length * Float.BYTES)
                      .toArray(ValueLayout.JAVA_FLOAT);
              reader.scan(values, from);
            });
  }

  /// Accumulates one row over the blocks.
  private static final class RowReader {
    private final Request request;
    private final ExtremeLogits top;
    private final ExtremeLogits bottom;
    private final float[] targetLogits;
    private final int[] ahead;
    private double max = Double.NEGATIVE_INFINITY;
    private double mass;
    private double moment;

    RowReader(Request request, int vocabulary) {
      this.request = request;
      this.top = new ExtremeLogits(Math.min(request.top(), vocabulary), /* largest= */ true);
      this.bottom = new ExtremeLogits(Math.min(request.bottom(), vocabulary), /* largest= */ false);
      this.targetLogits = new float[request.targets().size()];
      this.ahead = new int[targetLogits.length];
    }

    void setTarget(int index, float logit) {
      targetLogits[index] = logit;
    }

    /// Adds a block's Σ e^(l−m) and Σ (l−m)·e^(l−m), m its largest logit.
    void addMass(double blockMax, double blockMass, double blockMoment) {
      double newMax = Math.max(max, blockMax);
      double keep = mass == 0 ? 0 : Math.exp(max - newMax);
      double scale = Math.exp(blockMax - newMax);
      double shiftOld = mass == 0 ? 0 : max - newMax;
      moment =
          keep * (moment + shiftOld * mass)
              + scale * (blockMoment + (blockMax - newMax) * blockMass);
      mass = keep * mass + scale * blockMass;
      max = newMax;
    }

    void scan(float[] logits, int firstId) {
      top.offerAll(logits, firstId);
      bottom.offerAll(logits, firstId);
      for (int t = 0; t < targetLogits.length; t++) {
        ahead[t] += countAhead(logits, firstId, targetLogits[t], request.targets().get(t));
      }
    }

    private static int countAhead(float[] logits, int firstId, float logit, int id) {
      int greater = 0;
      int tied = 0;
      for (int i = 0; i < logits.length; i++) {
        greater += logits[i] > logit ? 1 : 0;
      }
      int before = Math.min(logits.length, id - firstId);
      for (int i = 0; i < before; i++) {
        tied += logits[i] == logit ? 1 : 0;
      }
      return greater + tied;
    }

    VocabularyReading finish() {
      List<TargetLogit> targets = new ArrayList<>(targetLogits.length);
      for (int t = 0; t < targetLogits.length; t++) {
        targets.add(new TargetLogit(request.targets().get(t), targetLogits[t], 1 + ahead[t]));
      }
      double logMass = Math.log(mass);
      return new VocabularyReading(
          top.sorted(), bottom.sorted(), max + logMass, logMass - moment / mass, targets);
    }
  }
}
