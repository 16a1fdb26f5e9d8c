package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.Wiring;

/// Llama 1, 2 and 3, and everything that calls itself so.
final class Llama implements Family {
  @Override
  public String name() {
    return "llama";
  }

  @Override
  public Architecture read(ConfigJson json) {
    var dimensions = Keys.dimensions(json, /* context= */ 2048);
    var heads = Keys.groupedHeads(json);
    boolean bias = json.flagOr(false, "attention_bias");
    return LlamaLike.architecture(
        name(),
        dimensions,
        Rotation.of(json, /* context= */ 2048).whole(json, heads.dHead()),
        new Block(
            Wiring.PRE_NORM,
            new Norm.RmsNorm(json.numberOr(1e-6, "rms_norm_eps"), /* unitOffset= */ false),
            new Attention(
                heads,
                Keys.plainScores(heads),
                LlamaLike.causal(dimensions.layers()),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ bias, /* out= */ bias)),
            new Mlp.Gated(
                Keys.activation(json, "silu", "hidden_act"), json.flagOr(false, "mlp_bias"))),
        json.flagOr(false, "tie_word_embeddings"));
  }

  @Override
  public WeightNames names() {
    return LlamaLike.names(LlamaLike.NORMS, LlamaLike.ATTENTION, LlamaLike.MLP);
  }
}
