package io.lexiscope.model.forward;

import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.matrix.AttentionWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.option.Sight;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Multi-head attention of one block.
///
/// Where scores or pattern are recorded or changed, or scores are capped, the softmax is written
/// out; otherwise a kernel is used that never holds the pattern, ours or that of libtorch. A test
/// proves that all give the same `z`.
///
/// @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, §3.2.2</a>
final class AttentionLayer {
  private final int layer;
  private final Attention kind;
  private final AttentionWeights<Tensor> weights;
  private final @Nullable AffineNorm queryNorm;
  private final @Nullable AffineNorm keyNorm;

  AttentionLayer(int layer, Attention kind, AttentionWeights<Tensor> weights) {
    this.layer = layer;
    this.kind = kind;
    this.weights = weights;
    Norm norm =
        switch (kind.qkNorm()) {
          case QkNorm.None _ -> null;
          case QkNorm.PerHead perHead -> perHead.norm();
          case QkNorm.WholeWidth whole -> whole.norm();
        };
    this.queryNorm = AffineNorm.of(norm, weights.qNorm());
    this.keyNorm = AffineNorm.of(norm, weights.kNorm());
  }

  /// @param x normalised stream, [batch, pos, d_model]
  /// @param stream what the output is added to, or null
  /// @return output of the module, [batch, pos, d_model], before any norm of it; or its sum with
  ///   the stream
  Tensor forward(Tensor x, @Nullable Tensor stream, PassState pass) {
    ActiveHooks hooks = pass.hooks();
    Projected projected = project(x);
    Tensor q = hooks.at(HookPoint.Q, layer, projected.q());
    Tensor k = hooks.at(HookPoint.K, layer, projected.k());
    Tensor v = hooks.at(HookPoint.V, layer, projected.v());
    q = norm(q, queryNorm);
    k = norm(k, keyNorm);
    Rotary rotary = pass.rotary(layer);
    if (rotary != null) {
      q = hooks.at(HookPoint.ROT_Q, layer, rotary.apply(q));
      k = hooks.at(HookPoint.ROT_K, layer, rotary.apply(k));
    }
    KvCache cache = pass.cache();
    if (cache != null) {
      cache.write(layer, k, v);
    }
    Tensor z = mix(q, k, v, pass);
    return out(hooks.at(HookPoint.Z, layer, z), stream, hooks);
  }

  /// The key and value of a vector that no position has, [batch, 1, kv_head, d_head] each: no
  /// rotary turn.
  ///
  /// @param x [batch, 1, d_model], taken as it is
  Conditioning.ExtraKey extraKey(Tensor x) {
    Projected projected = project(x);
    return new Conditioning.ExtraKey(norm(projected.k(), keyNorm), projected.v());
  }

  /// Extends the cache by the keys and values of `x`, [batch, pos, d_model], normalised.
  void writeKeys(Tensor x, PassState pass) {
    ActiveHooks hooks = pass.hooks();
    KvCache cache = Objects.requireNonNull(pass.cache(), "keys are written into a cache");
    Projected projected = project(x);
    Tensor k = norm(hooks.at(HookPoint.K, layer, projected.k()), keyNorm);
    Tensor v = hooks.at(HookPoint.V, layer, projected.v());
    Rotary rotary = pass.rotary(layer);
    if (rotary != null) {
      k = hooks.at(HookPoint.ROT_K, layer, rotary.apply(k));
    }
    cache.write(layer, k, v);
  }

  private record Projected(Tensor q, Tensor k, Tensor v) {}

  private Projected project(Tensor x) {
    Attention.Heads heads = kind.heads();
    int query = heads.queryWidth();
    int key = heads.keyWidth();
    return switch (weights.qkv()) {
      case AttentionWeights.Separate<Tensor> separate -> {
        List<Tensor> all = Linears.apply(List.of(separate.q(), separate.k(), separate.v()), x);
        yield new Projected(
            split(all.get(0), heads.heads()),
            split(all.get(1), heads.kvHeads()),
            split(all.get(2), heads.kvHeads()));
      }
      case AttentionWeights.Fused<Tensor> fused -> {
        Tensor all = Linears.apply(fused.qkv(), x);
        yield switch (fused.order()) {
          case BLOCKS ->
              new Projected(
                  split(all.narrow(-1, 0, query), heads.heads()),
                  split(all.narrow(-1, query, key), heads.kvHeads()),
                  split(all.narrow(-1, query + key, key), heads.kvHeads()));
          case BY_HEAD -> {
            int d = heads.dHead();
            Tensor byHead = all.reshape(all.size(0), all.size(1), heads.heads(), 3L * d);
            yield new Projected(
                byHead.narrow(-1, 0, d), byHead.narrow(-1, d, d), byHead.narrow(-1, 2L * d, d));
          }
        };
      }
    };
  }

  private Tensor split(Tensor wide, int heads) {
    return wide.reshape(wide.size(0), wide.size(1), heads, kind.heads().dHead());
  }

  private Tensor norm(Tensor x, @Nullable AffineNorm norm) {
    if (norm == null) {
      return x;
    }
    return switch (kind.qkNorm()) {
      case QkNorm.None _ -> x;
      case QkNorm.PerHead _ -> norm.apply(x);
      case QkNorm.WholeWidth _ ->
          norm.apply(x.reshape(x.size(0), x.size(1), -1)).reshape(x.shape().toArray());
    };
  }

  /// Repeats key and value heads for the query heads that share them.
  private Tensor grouped(Tensor kv) {
    int times = kind.heads().heads() / kind.heads().kvHeads();
    return times == 1 ? kv : kv.repeatInterleave(times, 1);
  }

  /// @param k of the new positions; those before are in the cache, where there is one
  /// @return [batch, pos, head, d_head]
  private Tensor mix(Tensor q, Tensor k, Tensor v, PassState pass) {
    double scale = kind.scores().scale(layer);
    KvCache cache = pass.cache();
    Sight sight = pass.fusedAttention(layer) ? pass.masks().sight(layer, scale) : null;
    if (sight != null && cache != null && pass.plainKeys()) {
      Optional<Tensor> mixed = cache.attend(layer, q, sight);
      if (mixed.isPresent()) {
        return mixed.get();
      }
    }
    int fresh = Math.toIntExact(q.size(1));
    Tensor allKeys = pass.withExtraKey(layer, cache == null ? k : cache.keys(layer, fresh));
    Tensor allValues = pass.withExtraValue(layer, cache == null ? v : cache.values(layer, fresh));
    if (sight != null && (cache == null || !pass.plainKeys())) {
      Optional<Tensor> mixed = Nn.attend(q, allKeys, allValues, sight);
      if (mixed.isPresent()) {
        return mixed.get();
      }
    }
    Tensor queries = q.transpose(1, 2);
    Tensor keys = grouped(allKeys.transpose(1, 2));
    Tensor values = grouped(allValues.transpose(1, 2));
    Tensor z =
        pass.fusedAttention(layer)
            ? fused(queries, keys, values, scale, pass)
            : written(queries, keys, values, scale, pass);
    return z.transpose(1, 2);
  }

  private Tensor fused(Tensor q, Tensor k, Tensor v, double scale, PassState pass) {
    AttentionMasks masks = pass.masks();
    if (masks.onlyCausal(layer)) {
      return Nn.attention(q, k, v, /* mask= */ null, /* causal= */ true, scale);
    }
    return Nn.attention(q, k, v, masks.additive(layer), /* causal= */ false, scale);
  }

  private Tensor written(Tensor q, Tensor k, Tensor v, double scale, PassState pass) {
    ActiveHooks hooks = pass.hooks();
    Tensor scores =
        capped(AffineNorm.widened(q).matmul(AffineNorm.widened(k).transpose(-2, -1)).mul(scale));
    Tensor hidden = pass.masks().hidden(layer);
    Tensor masked = hidden == null ? scores : scores.maskedFill(hidden, Double.NEGATIVE_INFINITY);
    masked = hooks.at(HookPoint.ATTN_SCORES, layer, masked);
    Tensor pattern = hooks.at(HookPoint.PATTERN, layer, masked.softmax(-1));
    return pattern.to(v.dtype()).matmul(v);
  }

  private Tensor capped(Tensor scores) {
    return switch (kind.scores().softCap()) {
      case SoftCap.None _ -> scores;
      case SoftCap.Tanh tanh -> scores.div(tanh.cap()).tanh().mul(tanh.cap());
    };
  }

  private Tensor out(Tensor z, @Nullable Tensor stream, ActiveHooks hooks) {
    if (!hooks.wants(HookPoint.RESULT, layer)) {
      return Linears.onto(stream, weights.out(), z.reshape(z.size(0), z.size(1), -1));
    }
    Tensor result = hooks.at(HookPoint.RESULT, layer, result(z));
    Tensor sum = result.sum(2, /* keepAxis= */ false).to(z.dtype());
    Tensor bias = weights.out().bias();
    Tensor module = bias == null ? sum : sum.add(bias).to(z.dtype());
    return stream == null ? module : stream.add(module);
  }

  /// Each head's addition, [batch, pos, head, d_model], float32.
  private Tensor result(Tensor z) {
    return TensorScope.tidy(
        () -> {
          Attention.Heads heads = kind.heads();
          Tensor byHead =
              Linears.rowsAreInputs(weights.out()).reshape(heads.heads(), heads.dHead(), -1);
          return z.to(DType.FLOAT32).unsqueeze(3).matmul(byHead).squeeze(3);
        });
  }
}
