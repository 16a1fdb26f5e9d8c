package io.lexiscope.analysis.attention;

import io.lexiscope.analysis.lens.VectorLens;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.reading.ReadingRequest;
import io.lexiscope.model.reading.VectorReading;
import io.lexiscope.tensor.Linalg;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What a head reads and writes in words: the query and the key of a pair of positions, single rows
/// of W_O, and the strongest directions of its circuits from value to output and from key to query.
public final class HeadWords {
  private final LanguageModel model;
  private final VectorLens reader;
  private final int words;

  private HeadWords(LanguageModel model, int words) {
    this.model = model;
    this.reader = VectorLens.of(model);
    this.words = words;
  }

  /// Words of a model's heads.
  ///
  /// @param words of each reading
  public static HeadWords of(LanguageModel model, int words) {
    return new HeadWords(model, words);
  }

  /// The query of one position and the key of another, in words.
  ///
  /// @param run that recorded what [AttentionScore#recording] asks for
  public HeadAsked asked(Run run, int layer, int head, int query, int key) {
    return TensorScope.tidy(
        () -> {
          HeadLayer heads = HeadLayer.of(run, layer);
          HeadSide q = HeadSide.query(heads, head, query);
          HeadSide k = HeadSide.key(heads, head, key);
          Tensor both = Tensors.stack(List.of(k.back(q.turned()), q.back(k.turned())), 0);
          List<VectorReading> read = reader.read(both, ReadingRequest.words(words, 0));
          return new HeadAsked(read.get(0).top(), read.get(1).top());
        });
  }

  /// The rows of W_O that a head used most at a position, by |coefficient| · ‖row‖, largest first.
  public List<OutputRow> rows(Run run, int layer, int head, int position, int count) {
    return TensorScope.tidy(
        () -> {
          HeadLayer heads = HeadLayer.of(run, layer);
          heads.requireHead(head);
          Tensor z = run.activation(HookPoint.Z.at(layer), position).select(0, head);
          Tensor used = heads.outputMatrices().select(0, head).mul(z.reshape(-1, 1));
          float[] coefficients = z.toFloats();
          float[] norms = used.norm(-1, /* keepAxis= */ false).toFloats();
          List<Integer> order =
              IntStream.range(0, norms.length)
                  .boxed()
                  .sorted(Comparator.comparingDouble((Integer i) -> -norms[i]))
                  .limit(count)
                  .toList();
          List<VectorReading> read =
              reader.read(
                  used.indexSelect(0, HeadLayer.longs(order)), ReadingRequest.words(words, 0));
          List<OutputRow> rows = new ArrayList<>();
          for (int i = 0; i < order.size(); i++) {
            int index = order.get(i);
            rows.add(new OutputRow(index, coefficients[index], norms[index], read.get(i).top()));
          }
          return rows;
        });
  }

  /// The strongest directions of `gain · W_V · W_O`: what a head reads and what it writes for it,
  /// largest first.
  ///
  /// @see <a href="https://transformer-circuits.pub/2021/framework">Elhage et al. 2021, OV
  ///   circuit</a>
  public List<HeadCircuit> writes(int layer, int head, int count) {
    return TensorScope.tidy(
        () -> {
          Tensor in = slice(layer, MatrixKind.W_V, HeadPatterns.kvHead(model, head));
          Tensor out =
              matrix(layer, MatrixKind.W_O)
                  .narrow(0, (long) head * in.size(1), in.size(1))
                  .transpose(0, 1);
          return circuits(gained(layer, in), out, count);
        });
  }

  /// The strongest directions of `gain · W_Q · W_Kᵀ · gain`: what a query that reads one looks for,
  /// largest first. Biases, the norm of queries and keys and the rotary turn are left out.
  ///
  /// @see <a href="https://transformer-circuits.pub/2021/framework">Elhage et al. 2021, QK
  ///   circuit</a>
  public List<HeadCircuit> matches(int layer, int head, int count) {
    return TensorScope.tidy(
        () -> {
          Tensor q = slice(layer, MatrixKind.W_Q, head);
          Tensor k = slice(layer, MatrixKind.W_K, HeadPatterns.kvHead(model, head));
          return circuits(gained(layer, q), gained(layer, k), count);
        });
  }

  private Tensor matrix(int layer, MatrixKind kind) {
    return Linears.matrix(
        model.transformer().weights().matrix(kind.at(layer), model.architecture()));
  }

  private Tensor slice(int layer, MatrixKind kind, int head) {
    int d = model.architecture().block().attention().heads().dHead();
    return matrix(layer, kind).narrow(1, (long) head * d, d);
  }

  /// The gain of the norm before attention times the rows of a matrix.
  private Tensor gained(int layer, Tensor matrix) {
    var architecture = model.architecture();
    return switch (architecture.block().wiring()) {
      case OUTPUT_NORM, POST_NORM -> matrix;
      case PRE_NORM, PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS, SANDWICH ->
          matrix.mul(
              new AffineNorm(
                      architecture.block().norm(),
                      model.transformer().weights().blocks().get(layer).norms().ln1())
                  .gain()
                  .reshape(-1, 1));
    };
  }

  /// Singular directions of `a · bᵀ` by way of the small factors.
  ///
  /// @param a [d_model, d_head]
  /// @param b [d_model, d_head]
  private List<HeadCircuit> circuits(Tensor a, Tensor b, int count) {
    Linalg.Svd left = Linalg.svd(a.contiguous());
    Linalg.Svd right = Linalg.svd(b.contiguous());
    Tensor inner =
        left.right()
            .mul(left.values().reshape(-1, 1))
            .matmul(right.right().mul(right.values().reshape(-1, 1)).transpose(0, 1));
    Linalg.Svd middle = Linalg.svd(inner.contiguous());
    int shown = (int) Math.min(count, middle.values().size(0));
    Tensor from = left.left().matmul(middle.left()).transpose(0, 1).narrow(0, 0, shown);
    Tensor to =
        right.left().matmul(middle.right().transpose(0, 1)).transpose(0, 1).narrow(0, 0, shown);
    float[] strengths = middle.values().toFloats();
    List<VectorReading> sources = reader.read(from.contiguous(), ReadingRequest.words(words, 0));
    List<VectorReading> goals = reader.read(to.contiguous(), ReadingRequest.words(words, 0));
    List<HeadCircuit> circuits = new ArrayList<>();
    for (int i = 0; i < shown; i++) {
      circuits.add(new HeadCircuit(strengths[i], sources.get(i).top(), goals.get(i).top()));
    }
    return circuits;
  }
}
