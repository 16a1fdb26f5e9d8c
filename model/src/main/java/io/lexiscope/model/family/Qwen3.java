package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.Wiring;

/// Qwen 3: Qwen 2 without biases, with queries and keys normed head by head, and heads of a width
/// of their own.
final class Qwen3 implements Family {
  @Override
  public String name() {
    return "qwen3";
  }

  @Override
  public Architecture read(ConfigJson json) {
    var dimensions = Keys.dimensions(json, Qwen2.CONTEXT);
    var heads = Keys.groupedHeads(json, /* keyValueHeads= */ 32, /* dHead= */ 128);
    var norm = new Norm.RmsNorm(json.numberOr(1e-6, "rms_norm_eps"), /* unitOffset= */ false);
    boolean bias = json.flagOr(false, "attention_bias");
    return LlamaLike.architecture(
        name(),
        dimensions,
        Rotation.of(json, Qwen2.CONTEXT).whole(json, heads.dHead()),
        new Block(
            Wiring.PRE_NORM,
            norm,
            new Attention(
                heads,
                Keys.plainScores(heads),
                new Attention.Mask(/* causal= */ true, Qwen2.spans(json, dimensions.layers())),
                new QkNorm.PerHead(norm),
                new Attention.Biases(/* qkv= */ bias, /* out= */ bias)),
            new Mlp.Gated(Keys.activation(json, "silu", "hidden_act"), /* bias= */ false)),
        json.flagOr(false, "tie_word_embeddings"));
  }

  @Override
  public WeightNames names() {
    return LlamaLike.names(LlamaLike.NORMS, LlamaLike.ATTENTION_WITH_QK_NORM, LlamaLike.MLP);
  }
}
