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
import io.lexiscope.model.matrix.FusedOrder;
import io.lexiscope.tensor.WeightLayout;
import java.util.List;

/// GPT-2: learned positions, norms before the sublayers, matrices stored input by output.
final class Gpt2 implements Family {
  static final String LAYERS = "n_layer";
  static final String WIDTH = "n_embd";
  static final String HEADS = "n_head";
  static final String CONTEXT = "n_positions";

  @Override
  public String name() {
    return "gpt2";
  }

  @Override
  public Architecture read(ConfigJson json) {
    Keys.refuse(json.flagOr(false, "add_cross_attention"), json, "add_cross_attention");
    int width = json.integer(WIDTH, "hidden_size");
    var dimensions =
        new Dimensions(
            json.integer(LAYERS, "num_hidden_layers"),
            width,
            json.integerOr(4 * width, "n_inner"),
            json.integer("vocab_size"),
            json.integerOr(1024, CONTEXT, "max_position_embeddings", "n_ctx"));
    var heads = Keys.evenHeads(json, width, HEADS, "num_attention_heads");
    var norm = new Norm.LayerNorm(json.numberOr(1e-5, "layer_norm_epsilon"));
    return new Architecture(
        name(),
        dimensions,
        new Embedding(
            width,
            /* scale= */ 1,
            new Positions.Learned(/* offset= */ 0, /* tokenTypes= */ 0),
            /* norm= */ null),
        new Block(
            Wiring.PRE_NORM,
            norm,
            new Attention(
                heads,
                new Attention.Scores(
                    json.flagOr(true, "scale_attn_weights") ? 1 / Math.sqrt(heads.dHead()) : 1,
                    json.flagOr(false, "scale_attn_by_inverse_layer_idx"),
                    new SoftCap.None()),
                Attention.Mask.global(/* causal= */ true, dimensions.layers()),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ true, /* out= */ true)),
            new Mlp.Plain(
                Keys.activation(json, "gelu_new", "activation_function"), /* bias= */ true)),
        new Output(
            norm,
            new Head.Language(
                json.flagOr(true, "tie_word_embeddings"), /* bias= */ false, new SoftCap.None())));
  }

  @Override
  public WeightNames names() {
    return new WeightNames(
        List.of("transformer.", ""),
        new EmbeddingNames("wte", "wpe", null, null, null),
        new BlockNames(
            "h.{l}.",
            NormNames.of("ln_1", "ln_2"),
            AttentionNames.of(new QkvNames.Fused("attn.c_attn", FusedOrder.BLOCKS), "attn.c_proj"),
            new MlpNames(new InNames.Plain("mlp.c_fc"), "mlp.c_proj")),
        OutputNames.of("ln_f", "lm_head"),
        WeightLayout.IN_OUT);
  }
}
