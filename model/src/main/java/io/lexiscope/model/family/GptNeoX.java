package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.family.WeightNames.AttentionNames;
import io.lexiscope.model.family.WeightNames.BlockNames;
import io.lexiscope.model.family.WeightNames.EmbeddingNames;
import io.lexiscope.model.family.WeightNames.InNames;
import io.lexiscope.model.family.WeightNames.MlpNames;
import io.lexiscope.model.family.WeightNames.OutputNames;
import io.lexiscope.model.family.WeightNames.QkvNames;
import io.lexiscope.model.matrix.FusedOrder;
import io.lexiscope.tensor.WeightLayout;
import java.util.List;

/// GPT-NeoX and Pythia: both sublayers side by side behind a norm each, a quarter of each head
/// rotating, projections fused head by head.
final class GptNeoX implements Family {
  private static final int CONTEXT = 2048;

  @Override
  public String name() {
    return "gpt_neox";
  }

  @Override
  public Architecture read(ConfigJson json) {
    var dimensions = Keys.dimensions(json, CONTEXT);
    var heads = Keys.evenHeads(json, dimensions.dModel(), "num_attention_heads");
    boolean bias = json.flagOr(true, "attention_bias");
    return LlamaLike.architecture(
        name(),
        dimensions,
        Rotation.of(json, CONTEXT).partial(json, heads.dHead(), /* fraction= */ 0.25),
        new Block(
            json.flagOr(true, "use_parallel_residual")
                ? Wiring.PARALLEL_TWO_NORMS
                : Wiring.PRE_NORM,
            new Norm.LayerNorm(json.numberOr(1e-5, "layer_norm_eps")),
            new Attention(
                heads,
                Keys.plainScores(heads),
                LlamaLike.causal(dimensions.layers()),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ bias, /* out= */ bias)),
            new Mlp.Plain(Keys.activation(json, "gelu", "hidden_act"), /* bias= */ true)),
        json.flagOr(false, "tie_word_embeddings"));
  }

  @Override
  public WeightNames names() {
    return new WeightNames(
        List.of("gpt_neox.", ""),
        EmbeddingNames.of("embed_in"),
        new BlockNames(
            "layers.{l}.",
            LlamaLike.NORMS,
            AttentionNames.of(
                new QkvNames.Fused("attention.query_key_value", FusedOrder.BY_HEAD),
                "attention.dense"),
            new MlpNames(new InNames.Plain("mlp.dense_h_to_4h"), "mlp.dense_4h_to_h")),
        OutputNames.of("final_layer_norm", "embed_out", "lm_head"),
        WeightLayout.OUT_IN);
  }
}
