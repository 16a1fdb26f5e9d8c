package io.lexiscope.model.forward;

import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.matrix.BlockWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One block: attention and MLP between norms, each adding to the residual stream.
///
/// @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, §3.1</a>; the orders of
///   [Wiring]
final class BlockLayer {
  private final int layer;
  private final Wiring wiring;
  private final AttentionLayer attention;
  private final MlpLayer mlp;
  private final NormLayer first;
  private final @Nullable NormLayer second;
  private final @Nullable AffineNorm afterAttention;
  private final @Nullable AffineNorm afterMlp;

  BlockLayer(int layer, Block kind, BlockWeights<Tensor> weights) {
    this.layer = layer;
    this.wiring = kind.wiring();
    this.attention = new AttentionLayer(layer, kind.attention(), weights.attention());
    this.mlp = new MlpLayer(layer, kind.mlp(), weights.mlp());
    BlockWeights.Norms<Tensor> norms = weights.norms();
    Norm norm = kind.norm();
    this.first =
        new NormLayer(
            new AffineNorm(norm, norms.ln1()), HookPoint.LN1_SCALE, HookPoint.LN1_NORMALIZED);
    AffineNorm ln2 = AffineNorm.of(norm, norms.ln2());
    this.second =
        ln2 == null ? null : new NormLayer(ln2, HookPoint.LN2_SCALE, HookPoint.LN2_NORMALIZED);
    this.afterAttention = AffineNorm.of(norm, norms.ln1Post());
    this.afterMlp = AffineNorm.of(norm, norms.ln2Post());
  }

  /// @param stream residual stream before the block, [batch, pos, d_model]; not modified
  /// @return what the next block enters with, [batch, pos, d_model]
  Tensor forward(Tensor stream, PassState pass) {
    ActiveHooks hooks = pass.hooks();
    Tensor residPre = hooks.at(HookPoint.RESID_PRE, layer, stream);
    return switch (wiring) {
      case PRE_NORM -> {
        Tensor sum = attended(residPre, first.forward(residPre, layer, hooks), pass);
        Tensor residMid = hooks.at(HookPoint.RESID_MID, layer, sum);
        yield fed(residMid, second().forward(residMid, layer, hooks), hooks);
      }
      case SANDWICH -> {
        Tensor module = attend(first.forward(residPre, layer, hooks), pass);
        Tensor attnOut = added(norm(afterAttention, module), hooks);
        Tensor residMid = hooks.at(HookPoint.RESID_MID, layer, residPre.add(attnOut));
        Tensor fed = feed(second().forward(residMid, layer, hooks), hooks);
        yield close(residMid, norm(afterMlp, fed), hooks);
      }
      case OUTPUT_NORM -> {
        Tensor attnOut = added(first.forward(attend(residPre, pass), layer, hooks), hooks);
        Tensor residMid = hooks.at(HookPoint.RESID_MID, layer, residPre.add(attnOut));
        yield close(residMid, second().forward(feed(residMid, hooks), layer, hooks), hooks);
      }
      case PARALLEL_ONE_NORM -> {
        Tensor normed = first.forward(residPre, layer, hooks);
        yield fed(attended(residPre, normed, pass), normed, hooks);
      }
      case PARALLEL_TWO_NORMS -> {
        Tensor sum = attended(residPre, first.forward(residPre, layer, hooks), pass);
        yield fed(sum, second().forward(residPre, layer, hooks), hooks);
      }
      case POST_NORM -> {
        Tensor sum = attended(residPre, residPre, pass);
        Tensor residMid = hooks.at(HookPoint.RESID_MID, layer, sum);
        Tensor normed = first.forward(residMid, layer, hooks);
        Tensor residPost = fed(normed, normed, hooks);
        yield second().forward(residPost, layer, hooks);
      }
    };
  }

  /// Writes the keys and values of a stream into the cache and does nothing else.
  ///
  /// @param stream residual stream before the block, [batch, pos, d_model]; not modified
  void writeKeys(Tensor stream, PassState pass) {
    Tensor read =
        switch (wiring) {
          case PRE_NORM, SANDWICH, PARALLEL_ONE_NORM, PARALLEL_TWO_NORMS ->
              first.forward(stream, layer, pass.hooks());
          case OUTPUT_NORM, POST_NORM -> stream;
        };
    attention.writeKeys(read, pass);
  }

  /// As [AttentionLayer#extraKey].
  Conditioning.ExtraKey extraKey(Tensor x) {
    return attention.extraKey(x);
  }

  /// The stream with what attention adds; in one with its last product where nobody asks for what
  /// is added. The same numbers either way.
  private Tensor attended(Tensor stream, Tensor x, PassState pass) {
    ActiveHooks hooks = pass.hooks();
    boolean asked =
        hooks.wants(HookPoint.ATTN_MODULE_OUT, layer) || hooks.wants(HookPoint.ATTN_OUT, layer);
    return asked ? stream.add(added(attend(x, pass), hooks)) : attention.forward(x, stream, pass);
  }

  /// The stream after the block, as [#attended].
  private Tensor fed(Tensor stream, Tensor x, ActiveHooks hooks) {
    boolean asked =
        hooks.wants(HookPoint.MLP_MODULE_OUT, layer) || hooks.wants(HookPoint.MLP_OUT, layer);
    return asked
        ? close(stream, feed(x, hooks), hooks)
        : hooks.at(HookPoint.RESID_POST, layer, mlp.forward(x, stream, hooks));
  }

  private Tensor attend(Tensor x, PassState pass) {
    return pass.hooks()
        .at(HookPoint.ATTN_MODULE_OUT, layer, attention.forward(x, /* stream= */ null, pass));
  }

  private Tensor feed(Tensor x, ActiveHooks hooks) {
    return hooks.at(HookPoint.MLP_MODULE_OUT, layer, mlp.forward(x, /* stream= */ null, hooks));
  }

  private Tensor added(Tensor attnOut, ActiveHooks hooks) {
    return hooks.at(HookPoint.ATTN_OUT, layer, attnOut);
  }

  private Tensor close(Tensor before, Tensor mlpOut, ActiveHooks hooks) {
    Tensor added = hooks.at(HookPoint.MLP_OUT, layer, mlpOut);
    return hooks.at(HookPoint.RESID_POST, layer, before.add(added));
  }

  private NormLayer second() {
    return Objects.requireNonNull(second, "the wiring has two norms");
  }

  private static Tensor norm(@Nullable AffineNorm norm, Tensor x) {
    return Objects.requireNonNull(norm, "the wiring norms its outputs").apply(x);
  }
}
