package io.lexiscope.analysis.attention;

import io.lexiscope.model.Run;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.model.forward.Rotary;
import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.MatrixKind;
import io.lexiscope.model.matrix.NormWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way from the residual stream at one position to one head's query or key, made affine: the
/// norm before attention and the norm of queries and keys are held at the scales they had in the
/// run, and the rotary turn is that of the position.
///
/// `turned = linear(x) + constant` for the stream `x` as it was; `linear` is additive, so that it
/// takes any parts of the stream apart.
///
/// The image of a query in the space that keys read is `back(q)` of the key's side: W_K applied to
/// the query, where the published formula `q·W_K` transposes it.
///
/// @see <a href="https://arxiv.org/abs/2305.13417">Katz and Belinkov 2023, §D.3</a>
public final class HeadSide {
  private final HeadLayer layer;
  private final Kind kind;
  private final int head;
  private final int position;

  /// Which of the two.
  public enum Kind {
    /// What a position asks for.
    QUERY,
    /// What a position is found by.
    KEY
  }

  private HeadSide(HeadLayer layer, Kind kind, int head, int position) {
    this.layer = layer;
    this.kind = kind;
    this.head = head;
    this.position = position;
  }

  /// The query of a head at a position.
  ///
  /// @param head from 0
  /// @param position from 0
  public static HeadSide query(HeadLayer layer, int head, int position) {
    layer.requireHead(head);
    return new HeadSide(layer, Kind.QUERY, head, position);
  }

  /// The key that a head reads at a position.
  ///
  /// @param head the query head, from 0
  /// @param position from 0
  public static HeadSide key(HeadLayer layer, int head, int position) {
    layer.requireHead(head);
    return new HeadSide(layer, Kind.KEY, layer.kvHead(head), position);
  }

  /// What a run must record besides [HeadLayer#recording], in one layer.
  static List<HookPoint> points() {
    return List.of(HookPoint.RESID_PRE, HookPoint.LN1_SCALE, HookPoint.Q, HookPoint.K);
  }

  /// The vector itself, normed and turned, \[d_head\].
  public Tensor turned() {
    Tensor all = kind == Kind.QUERY ? layer.queries() : layer.keys();
    return all.select(0, position).select(0, head);
  }

  /// The parts of the query or key that come of parts of the stream.
  ///
  /// @param parts of the stream at this position, [n, d_model]
  /// @return [n, d_head]
  public Tensor linear(Tensor parts) {
    return TensorScope.tidy(
        () -> {
          AffineNorm before = layer.normBefore();
          Tensor read =
              before == null
                  ? parts
                  : before.centred(parts).div(scaleBefore(before)).mul(before.gain());
          return turn(normed(read.matmul(matrix())));
        });
  }

  /// The part that is there whatever the stream is: the biases of the norm before attention, of the
  /// projection, and of the norm after it, [1, d_head].
  public Tensor constant() {
    return TensorScope.tidy(
        () -> {
          AffineNorm before = layer.normBefore();
          Tensor shift = before == null ? null : before.weights().bias();
          int d = layer.heads().dHead();
          Tensor sum = Tensors.zeros(Shape.of(1, d));
          if (shift != null) {
            sum = sum.add(shift.unsqueeze(0).matmul(matrix()));
          }
          Tensor bias = bias();
          if (bias != null) {
            sum = sum.add(bias);
          }
          Tensor normed = normed(sum);
          NormWeights<Tensor> own = ownNorm();
          if (own != null && own.bias() != null) {
            normed = normed.add(slice(own.bias()));
          }
          return turn(normed);
        });
  }

  /// A vector of the space of queries and keys taken back to what attention reads, after the norm
  /// before it: `⟨u, turned⟩ = ⟨back(u), normed stream⟩ + …biases`.
  ///
  /// @param u turned to its own position, \[d_head\]
  /// @return \[d_model\]
  public Tensor back(Tensor u) {
    return TensorScope.tidy(
        () -> {
          Rotary rotary = rotary();
          Tensor plain =
              rotary == null
                  ? u.reshape(1, -1)
                  : rotary.back().apply(u.reshape(1, 1, 1, -1)).reshape(1, -1);
          return normed(plain, /* transposed= */ true).matmul(matrix().transpose(0, 1)).reshape(-1);
        });
  }

  /// What is the same in every product with the normed stream: `⟨u, turned⟩ − ⟨back(u), normed
  /// stream⟩`.
  ///
  /// @param u turned to its own position, \[d_head\]
  public double rest(Tensor u) {
    return TensorScope.tidy(
        () -> {
          Tensor bias = bias();
          Tensor sum = Tensors.zeros(Shape.of(1, layer.heads().dHead()));
          Tensor normed = normed(bias == null ? sum : sum.add(bias));
          NormWeights<Tensor> own = ownNorm();
          if (own != null && own.bias() != null) {
            normed = normed.add(slice(own.bias()));
          }
          return turn(normed).mul(u).sum().item();
        });
  }

  /// What attention reads at this position: the stream after the norm before attention,
  /// \[d_model\].
  public Tensor read() {
    return TensorScope.tidy(
        () -> {
          Tensor stream = run().activation(HookPoint.RESID_PRE.at(layer.layer()), position);
          AffineNorm before = layer.normBefore();
          return before == null
              ? stream.copy()
              : before.affine(
                  before.centred(stream.unsqueeze(0)).div(scaleBefore(before)).squeeze(0));
        });
  }

  private Run run() {
    return layer.run();
  }

  private Tensor scaleBefore(AffineNorm norm) {
    var recorded = HookPoint.LN1_SCALE.at(layer.layer());
    return run().has(recorded)
        ? run().activation(recorded, position).reshape(1, 1)
        : norm.scale(run().activation(HookPoint.RESID_PRE.at(layer.layer()), position))
            .reshape(1, 1);
  }

  private MatrixKind matrixKind() {
    return kind == Kind.QUERY ? MatrixKind.W_Q : MatrixKind.W_K;
  }

  private BlockMatrix<Tensor> stored() {
    var model = run().model();
    return model
        .transformer()
        .weights()
        .matrix(matrixKind().at(layer.layer()), model.architecture());
  }

  /// The head's projection, [d_model, d_head].
  private Tensor matrix() {
    return TensorScope.tidy(() -> slice(Linears.matrix(stored())));
  }

  private @Nullable Tensor bias() {
    BlockMatrix<Tensor> matrix = stored();
    Tensor bias = matrix.linear().bias();
    return bias == null
        ? null
        : TensorScope.tidy(
            () -> slice(matrix.outputs().of(bias.to(DType.FLOAT32).unsqueeze(0)).squeeze(0)));
  }

  private Tensor slice(Tensor wide) {
    int d = layer.heads().dHead();
    return wide.size(-1) == d ? wide : wide.narrow(-1, (long) head * d, d);
  }

  private @Nullable NormWeights<Tensor> ownNorm() {
    return kind == Kind.QUERY ? layer.weights().qNorm() : layer.weights().kNorm();
  }

  private Tensor normed(Tensor x) {
    return normed(x, /* transposed= */ false);
  }

  /// The norm of queries and keys without its bias, at the scale it had, or its transpose.
  ///
  /// @param x [n, d_head]
  private Tensor normed(Tensor x, boolean transposed) {
    NormWeights<Tensor> own = ownNorm();
    return switch (layer.kind().qkNorm()) {
      case QkNorm.None _ -> x;
      case QkNorm.PerHead(var norm) when own != null -> {
        AffineNorm affine = new AffineNorm(norm, own);
        Tensor scale = affine.scale(plain().select(0, head));
        yield transposed
            ? affine.centred(x.mul(affine.gain())).div(scale)
            : affine.centred(x).div(scale).mul(affine.gain());
      }
      case QkNorm.WholeWidth(var norm) when own != null -> {
        AffineNorm affine = new AffineNorm(norm, own);
        requireWithoutMean(affine);
        yield x.mul(slice(affine.gain())).div(affine.scale(plain().reshape(-1)));
      }
      case QkNorm.PerHead _, QkNorm.WholeWidth _ -> x;
    };
  }

  /// A norm over all heads that takes the mean away would mix them.
  private static void requireWithoutMean(AffineNorm norm) {
    if (!(norm.kind() instanceof io.lexiscope.model.config.Norm.RmsNorm)) {
      throw new AttentionException(
          "heads: expected a norm over all heads without a mean, got %s; ask without the terms of the score"
              .formatted(norm.kind()));
    }
  }

  /// Before their norm and turn, [heads, d_head].
  private Tensor plain() {
    HookPoint point = kind == Kind.QUERY ? HookPoint.Q : HookPoint.K;
    return run().activation(point.at(layer.layer()), position);
  }

  private @Nullable Rotary rotary() {
    Rotary rotary = run().model().transformer().rotary(layer.layer(), run().length());
    return rotary == null ? null : rotary.at(position);
  }

  /// @param x [n, d_head]
  private Tensor turn(Tensor x) {
    Rotary rotary = rotary();
    return rotary == null ? x : rotary.apply(x.reshape(1, 1, x.size(0), -1)).reshape(x.size(0), -1);
  }
}
