package io.lexiscope.model.forward;

import io.lexiscope.model.config.Embedding;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.matrix.EmbeddingWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.Tensors;
import java.util.Objects;

/// Token ids to the first residual stream.
///
/// @param kind how
/// @param weights with what
/// @param compute in which type the stream is
record EmbeddingLayer(Embedding kind, EmbeddingWeights<Tensor> weights, Compute compute) {

  /// @param ids INT64 [batch, pos]
  /// @param past number of positions before the first id
  /// @return [batch, pos, d_model]
  Tensor forward(Tensor ids, int past, ActiveHooks hooks) {
    Tensor tokens = Nn.embedding(weights.tokens(), ids).to(compute.type());
    if (kind.scale() != 1) {
      // Rounded to the type first, as the reference does.
      tokens = tokens.mul(Tensors.of((float) kind.scale()).to(compute.type()).to(compute.device()));
    }
    if (weights.projectIn() != null) {
      tokens = Linears.apply(weights.projectIn(), tokens);
    }
    Tensor stream = hooks.at(HookPoint.EMBED, tokens);
    if (kind.positions() instanceof Positions.Learned learned) {
      long first = (long) past + learned.offset();
      Tensor table = Objects.requireNonNull(weights.positions(), "positions are learned");
      Tensor rows = table.narrow(0, first, ids.size(1)).to(compute.type());
      Tensor positions =
          hooks.at(HookPoint.POS_EMBED, rows.unsqueeze(0).expand(ids.size(0), -1, -1));
      stream = stream.add(positions);
      if (weights.tokenTypes() != null) {
        Tensor types = weights.tokenTypes().narrow(0, 0, 1).to(compute.type());
        stream = stream.add(types);
      }
    }
    AffineNorm norm = AffineNorm.of(kind.norm(), weights.norm());
    return norm == null ? stream : norm.apply(stream);
  }
}
