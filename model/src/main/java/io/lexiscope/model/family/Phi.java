package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Embedding;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Output;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.family.WeightNames.AttentionNames;
import io.lexiscope.model.family.WeightNames.BlockNames;
import io.lexiscope.model.family.WeightNames.EmbeddingNames;
import io.lexiscope.model.family.WeightNames.InNames;
import io.lexiscope.model.family.WeightNames.MlpNames;
import io.lexiscope.model.family.WeightNames.NormNames;
import io.lexiscope.model.family.WeightNames.OutputNames;
import io.lexiscope.model.family.WeightNames.QkvNames;
import io.lexiscope.tensor.WeightLayout;
import java.util.List;

/// Phi-1, 1.5 and 2: both sublayers side by side behind one norm, half of each head rotating, a
/// bias on the logits.
final class Phi implements Family {
  private static final int CONTEXT = 2048;

  @Override
  public String name() {
    return "phi";
  }

  @Override
  public Architecture read(ConfigJson json) {
    var dimensions = Keys.dimensions(json, CONTEXT);
    var heads = Keys.groupedHeads(json);
    var norm = new Norm.LayerNorm(json.numberOr(1e-5, "layer_norm_eps"));
    return new Architecture(
        name(),
        dimensions,
        new Embedding(
            dimensions.dModel(),
            /* scale= */ 1,
            Rotation.of(json, CONTEXT).partial(json, heads.dHead(), /* fraction= */ 0.5),
            /* norm= */ null),
        new Block(
            Wiring.PARALLEL_ONE_NORM,
            norm,
            new Attention(
                heads,
                Keys.plainScores(heads),
                Attention.Mask.global(/* causal= */ true, dimensions.layers()),
                json.flagOr(false, "qk_layernorm") ? new QkNorm.PerHead(norm) : new QkNorm.None(),
                new Attention.Biases(/* qkv= */ true, /* out= */ true)),
            new Mlp.Plain(Keys.activation(json, "gelu_new", "hidden_act"), /* bias= */ true)),
        new Output(
            norm,
            new Head.Language(
                json.flagOr(false, "tie_word_embeddings"), /* bias= */ true, new SoftCap.None())));
  }

  @Override
  public WeightNames names() {
    return new WeightNames(
        List.of("model.", ""),
        EmbeddingNames.of("embed_tokens"),
        new BlockNames(
            "layers.{l}.",
            new NormNames("input_layernorm", null, null, null),
            new AttentionNames(
                new QkvNames.Separate("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
                "self_attn.dense",
                "self_attn.q_layernorm",
                "self_attn.k_layernorm"),
            new MlpNames(new InNames.Plain("mlp.fc1"), "mlp.fc2")),
        OutputNames.of("final_layernorm", "lm_head"),
        WeightLayout.OUT_IN);
  }
}
