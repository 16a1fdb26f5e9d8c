package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.Wiring;

/// OLMo 2: norms after the sublayers instead of before, and queries and keys normed over their
/// whole width.
final class Olmo2 implements Family {
  @Override
  public String name() {
    return "olmo2";
  }

  @Override
  public Architecture read(ConfigJson json) {
    var dimensions = Keys.dimensions(json, /* context= */ 2048);
    var heads = Keys.groupedHeads(json);
    var norm = new Norm.RmsNorm(json.numberOr(1e-5, "rms_norm_eps"), /* unitOffset= */ false);
    boolean bias = json.flagOr(false, "attention_bias");
    return LlamaLike.architecture(
        name(),
        dimensions,
        Rotation.of(json, /* context= */ 2048).whole(json, heads.dHead()),
        new Block(
            Wiring.OUTPUT_NORM,
            norm,
            new Attention(
                heads,
                Keys.plainScores(heads),
                LlamaLike.causal(dimensions.layers()),
                new QkNorm.WholeWidth(norm),
                new Attention.Biases(/* qkv= */ bias, /* out= */ bias)),
            new Mlp.Gated(Keys.activation(json, "silu", "hidden_act"), /* bias= */ false)),
        json.flagOr(false, "tie_word_embeddings"));
  }

  @Override
  public WeightNames names() {
    return LlamaLike.names(
        WeightNames.NormNames.of("post_attention_layernorm", "post_feedforward_layernorm"),
        LlamaLike.ATTENTION_WITH_QK_NORM,
        LlamaLike.MLP);
  }
}
