package io.lexiscope.analysis.attention;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.AttentionSpan;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.matrix.AttentionWeights;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The attention of one layer of a run, head by head, in float32.
///
/// What a head *adds* is its vector in the residual stream: through W_O and, in families with a
/// norm after attention (Gemma 2 and 3, OLMo 2), through that norm at the scale it had in the run,
/// so that heads and biases sum to what attention added.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, §2.2, §3</a>
public final class HeadLayer {
  private final Run run;
  private final int layer;
  private final Attention kind;
  private final AttentionWeights<Tensor> weights;

  private HeadLayer(Run run, int layer) {
    this.run = run;
    this.layer = layer;
    this.kind = run.model().architecture().block().attention();
    this.weights = run.model().transformer().weights().blocks().get(layer).attention();
  }

  /// A layer of a run.
  ///
  /// @param layer from 0
  /// @throws AttentionException if there is no such layer
  public static HeadLayer of(Run run, int layer) {
    int layers = run.model().architecture().layers();
    if (layer < 0 || layer >= layers) {
      throw new AttentionException(
          "heads: expected a layer from 0 to %d, got %d; choose one of them"
              .formatted(layers - 1, layer));
    }
    return new HeadLayer(run, layer);
  }

  /// What a run must record for this class, in every layer.
  public static Recording recording(LanguageModel model) {
    Architecture architecture = model.architecture();
    Set<HookPoint> points = EnumSet.of(HookPoint.V, HookPoint.Z);
    if (HookPoint.ROT_Q.existsIn(architecture)) {
      points.add(HookPoint.ROT_Q);
      points.add(HookPoint.ROT_K);
    } else {
      points.add(HookPoint.Q);
      points.add(HookPoint.K);
    }
    for (Intervention intervention : model.interventions().inForce()) {
      switch (intervention.target().place().point()) {
        case ATTN_SCORES, PATTERN -> points.add(HookPoint.PATTERN);
        case RESULT -> points.add(HookPoint.RESULT);
        default -> {}
      }
    }
    return Recording.of(points.toArray(HookPoint[]::new));
  }

  /// Number of the layer, from 0.
  public int layer() {
    return layer;
  }

  /// Numbers of heads.
  public Attention.Heads heads() {
    return kind.heads();
  }

  Run run() {
    return run;
  }

  AttentionWeights<Tensor> weights() {
    return weights;
  }

  Attention kind() {
    return kind;
  }

  /// The key and value head that a query head reads.
  public int kvHead(int head) {
    return head / (kind.heads().heads() / kind.heads().kvHeads());
  }

  /// Throws unless there is such a head.
  ///
  /// @throws AttentionException naming those there are
  public void requireHead(int head) {
    if (head < 0 || head >= kind.heads().heads()) {
      throw new AttentionException(
          "heads: expected a head from 0 to %d in layer %d, got %d; choose one of them"
              .formatted(kind.heads().heads() - 1, layer, head));
    }
  }

  /// Queries as the scores use them, normed and turned, [pos, head, d_head].
  public Tensor queries() {
    return turned(HookPoint.ROT_Q, HookPoint.Q, weights.qNorm());
  }

  /// Keys as the scores use them, normed and turned, [pos, kv_head, d_head].
  public Tensor keys() {
    return turned(HookPoint.ROT_K, HookPoint.K, weights.kNorm());
  }

  private Tensor turned(HookPoint turned, HookPoint plain, @Nullable NormWeights<Tensor> norm) {
    if (run.has(turned.at(layer))) {
      return run.activation(turned.at(layer)).select(0, 0);
    }
    if (norm != null) {
      throw new AttentionException(
          "heads: expected %s of a model that norms its queries, got none; ask for HeadLayer.recording"
              .formatted(turned.at(layer)));
    }
    return run.activation(plain.at(layer)).select(0, 0);
  }

  /// Scores of some queries after scaling and soft cap, out of sight −∞.
  ///
  /// @param queries positions from 0
  /// @return [head, queries, key_pos]
  public Tensor scores(List<Integer> queries) {
    return TensorScope.tidy(
        () -> {
          Tensor q = queries().indexSelect(0, longs(queries)).transpose(0, 1);
          int times = kind.heads().heads() / kind.heads().kvHeads();
          Tensor k = keys().transpose(0, 1);
          Tensor grouped = times == 1 ? k : k.repeatInterleave(times, 0);
          Tensor raw = q.matmul(grouped.transpose(1, 2)).mul(kind.scores().scale(layer));
          Tensor capped =
              switch (kind.scores().softCap()) {
                case SoftCap.None _ -> raw;
                case SoftCap.Tanh tanh -> raw.div(tanh.cap()).tanh().mul(tanh.cap());
              };
          return capped.maskedFill(hidden(queries), Double.NEGATIVE_INFINITY);
        });
  }

  /// The attention pattern of some queries: as recorded, or made from queries and keys.
  ///
  /// @param queries positions from 0
  /// @return [head, queries, key_pos]; rows sum to 1
  public Tensor pattern(List<Integer> queries) {
    return TensorScope.tidy(
        () ->
            run.has(HookPoint.PATTERN.at(layer))
                ? run.activation(HookPoint.PATTERN.at(layer), queries)
                : scores(queries).softmax(-1));
  }

  /// BOOL [1, queries, key_pos]: out of sight.
  private Tensor hidden(List<Integer> queries) {
    int keys = run.length();
    byte[] out = new byte[queries.size() * keys];
    for (int row = 0; row < queries.size(); row++) {
      for (int key = 0; key < keys; key++) {
        out[row * keys + key] = (byte) (sees(queries.get(row), key) ? 0 : 1);
      }
    }
    return Tensors.copyOf(
        MemorySegment.ofArray(out), DType.BOOL, Shape.of(1, queries.size(), keys));
  }

  private boolean sees(int query, int key) {
    if (kind.mask().causal() && key > query) {
      return false;
    }
    return switch (kind.mask().spans().get(layer)) {
      case AttentionSpan.Global _ -> true;
      case AttentionSpan.Sliding sliding -> Math.abs(query - key) < sliding.window();
    };
  }

  /// W_O by head, [head, d_head, d_model].
  public Tensor outputMatrices() {
    return TensorScope.tidy(
        () ->
            Linears.rowsAreInputs(weights.out())
                .reshape(kind.heads().heads(), kind.heads().dHead(), -1));
  }

  /// What each head adds to the stream, without the biases of the layer.
  ///
  /// @param positions from 0
  /// @return [positions, head, d_model]
  public Tensor outputs(List<Integer> positions) {
    return TensorScope.tidy(() -> afterNorm(modules(positions), positions));
  }

  /// Each head's share of the module's output, before any norm of it, [positions, head, d_model].
  private Tensor modules(List<Integer> positions) {
    if (run.has(HookPoint.RESULT.at(layer))) {
      return run.activation(HookPoint.RESULT.at(layer), positions);
    }
    return TensorScope.tidy(
        () ->
            run.activation(HookPoint.Z.at(layer), positions)
                .transpose(0, 1)
                .matmul(outputMatrices())
                .transpose(0, 1));
  }

  /// What attention adds beside its heads: the bias of W_O, and that of a norm after it.
  ///
  /// @param positions from 0
  /// @return [positions, d_model]; zeros where there is none
  public Tensor biases(List<Integer> positions) {
    return TensorScope.tidy(
        () -> {
          int d = run.model().architecture().dModel();
          Tensor zero = Tensors.zeros(Shape.of(positions.size(), 1, d));
          Tensor bias = weights.out().bias();
          Tensor module = bias == null ? zero : zero.add(bias.to(DType.FLOAT32));
          AffineNorm norm = normAfter();
          Tensor added = afterNorm(module, positions).squeeze(1);
          return norm == null || norm.weights().bias() == null
              ? added
              : added.add(norm.weights().bias());
        });
  }

  /// Whether attention adds anything beside its heads.
  public boolean hasBias() {
    AffineNorm norm = normAfter();
    return weights.out().bias() != null || (norm != null && norm.weights().bias() != null);
  }

  /// What a head moves from each position to one: `a_i · v_i W_O`, in the stream; sums to the
  /// head's output.
  ///
  /// @param head from 0
  /// @param query the position that receives, from 0
  /// @return [key_pos, d_model]
  public Tensor memory(int head, int query) {
    return TensorScope.tidy(
        () -> {
          Tensor weight = pattern(List.of(query)).select(0, head).reshape(-1, 1);
          Tensor values =
              values(head).matmul(outputMatrices().select(0, head)).mul(weight).unsqueeze(0);
          return afterNorm(values, List.of(query)).squeeze(0);
        });
  }

  /// The values that a head reads, [key_pos, d_head].
  public Tensor values(int head) {
    return TensorScope.tidy(
        () -> run.activation(HookPoint.V.at(layer)).select(0, 0).select(1, kvHead(head)));
  }

  /// Directions of the stream taken back to the module's output, before any norm of it: `u ·
  /// afterNorm(x) = back(u) · x`.
  ///
  /// @param directions [positions, n, d_model]
  /// @param positions from 0
  public Tensor back(Tensor directions, List<Integer> positions) {
    return TensorScope.tidy(() -> backUnscaled(directions).div(scaleAfter(positions).unsqueeze(2)));
  }

  /// The same for a norm of scale 1.
  ///
  /// @param directions [..., d_model]
  Tensor backUnscaled(Tensor directions) {
    AffineNorm norm = normAfter();
    return norm == null
        ? directions
        : TensorScope.tidy(() -> norm.centred(directions.mul(norm.gain())));
  }

  /// The divisor of the norm after attention, [positions, 1]; ones where there is none.
  Tensor scaleAfter(List<Integer> positions) {
    AffineNorm norm = normAfter();
    return norm == null
        ? Tensors.ones(Shape.of(positions.size(), 1))
        : TensorScope.tidy(() -> scale(norm, positions).squeeze(2));
  }

  /// @param x [positions, n, d_model]
  Tensor afterNorm(Tensor x, List<Integer> positions) {
    AffineNorm norm = normAfter();
    if (norm == null) {
      return x;
    }
    return TensorScope.tidy(() -> norm.centred(x).div(scale(norm, positions)).mul(norm.gain()));
  }

  /// The divisors of the norm after attention, [positions, 1, 1].
  private Tensor scale(AffineNorm norm, List<Integer> positions) {
    return TensorScope.tidy(
        () -> {
          Tensor sum = modules(positions).sum(1, /* keepAxis= */ true);
          Tensor bias = weights.out().bias();
          return norm.scale(bias == null ? sum : sum.add(bias.to(DType.FLOAT32)));
        });
  }

  private @Nullable AffineNorm normAfter() {
    Architecture architecture = run.model().architecture();
    BlockWeights.Norms<Tensor> norms =
        run.model().transformer().weights().blocks().get(layer).norms();
    NormWeights<Tensor> after =
        switch (architecture.block().wiring()) {
          case SANDWICH -> norms.ln1Post();
          case OUTPUT_NORM -> norms.ln1();
          case PRE_NORM, PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS, POST_NORM -> null;
        };
    Norm norm = architecture.block().norm();
    return after == null ? null : new AffineNorm(norm, after);
  }

  /// The norm before attention, or null where attention reads the stream as it is.
  @Nullable AffineNorm normBefore() {
    Architecture architecture = run.model().architecture();
    Wiring wiring = architecture.block().wiring();
    return wiring == Wiring.OUTPUT_NORM || wiring == Wiring.POST_NORM
        ? null
        : new AffineNorm(
            architecture.block().norm(),
            run.model().transformer().weights().blocks().get(layer).norms().ln1());
  }

  static Tensor longs(List<Integer> positions) {
    return Tensors.ofLongs(positions.stream().mapToLong(Integer::longValue).toArray());
  }
}
