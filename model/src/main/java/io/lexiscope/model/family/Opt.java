package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.config.Embedding;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Output;
import io.lexiscope.model.config.Positions;
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

/// OPT: GPT-2 with ReLU and positions that begin at row 2; its 350m member norms after the
/// sublayers and embeds in fewer dimensions.
final class Opt implements Family {
  @Override
  public String name() {
    return "opt";
  }

  @Override
  public Architecture read(ConfigJson json) {
    Keys.refuse(
        !json.flagOr(true, "layer_norm_elementwise_affine"),
        json,
        "layer_norm_elementwise_affine of false");
    int width = json.integer("hidden_size");
    var dimensions =
        new Dimensions(
            json.integer("num_hidden_layers"),
            width,
            json.integer("ffn_dim"),
            json.integer("vocab_size"),
            json.integerOr(2048, "max_position_embeddings"));
    var heads = Keys.evenHeads(json, width, "num_attention_heads");
    var norm = new Norm.LayerNorm(/* epsilon= */ 1e-5);
    boolean before = json.flagOr(true, "do_layer_norm_before");
    boolean bias = json.flagOr(true, "enable_bias");
    return new Architecture(
        name(),
        dimensions,
        new Embedding(
            json.integerOr(width, "word_embed_proj_dim"),
            /* scale= */ 1,
            new Positions.Learned(/* offset= */ 2, /* tokenTypes= */ 0),
            /* norm= */ null),
        new Block(
            before ? Wiring.PRE_NORM : Wiring.POST_NORM,
            norm,
            new Attention(
                heads,
                Keys.plainScores(heads),
                Attention.Mask.global(/* causal= */ true, dimensions.layers()),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ bias, /* out= */ bias)),
            new Mlp.Plain(Keys.activation(json, "relu", "activation_function"), bias)),
        new Output(
            before && !json.flagOr(false, "_remove_final_layer_norm") ? norm : null,
            new Head.Language(
                json.flagOr(true, "tie_word_embeddings"), /* bias= */ false, new SoftCap.None())));
  }

  @Override
  public WeightNames names() {
    return new WeightNames(
        List.of("model.decoder.", "decoder.", ""),
        new EmbeddingNames("embed_tokens", "embed_positions", null, null, "project_in"),
        new BlockNames(
            "layers.{l}.",
            NormNames.of("self_attn_layer_norm", "final_layer_norm"),
            AttentionNames.of(
                new QkvNames.Separate("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
                "self_attn.out_proj"),
            new MlpNames(new InNames.Plain("fc1"), "fc2")),
        new OutputNames("final_layer_norm", "project_out", List.of("lm_head"), null),
        WeightLayout.OUT_IN);
  }
}
