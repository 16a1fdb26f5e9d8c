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
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.model.config.RotaryScaling;
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

/// GPT-J: both sublayers side by side behind one norm, rotary pairs of neighbours, a bias on the
/// logits.
final class GptJ implements Family {
  @Override
  public String name() {
    return "gptj";
  }

  @Override
  public Architecture read(ConfigJson json) {
    Keys.refuse(json.isNull("rotary_dim"), json, "rotary_dim of null");
    int width = json.integer("n_embd", "hidden_size");
    var dimensions =
        new Dimensions(
            json.integer("n_layer", "num_hidden_layers"),
            width,
            json.integerOr(4 * width, "n_inner"),
            json.integer("vocab_size"),
            json.integerOr(2048, "n_positions", "max_position_embeddings", "n_ctx"));
    var heads = Keys.evenHeads(json, width, "n_head", "num_attention_heads");
    var norm = new Norm.LayerNorm(json.numberOr(1e-5, "layer_norm_epsilon"));
    var frequencies = new RotaryFrequencies(/* theta= */ 10_000, new RotaryScaling.None());
    return new Architecture(
        name(),
        dimensions,
        new Embedding(
            width,
            /* scale= */ 1,
            new Positions.Rotary(
                json.integerOr(64, "rotary_dim"),
                Positions.Layout.INTERLEAVED,
                frequencies,
                frequencies),
            /* norm= */ null),
        new Block(
            Wiring.PARALLEL_ONE_NORM,
            norm,
            new Attention(
                heads,
                Keys.plainScores(heads),
                Attention.Mask.global(/* causal= */ true, dimensions.layers()),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ false, /* out= */ false)),
            new Mlp.Plain(
                Keys.activation(json, "gelu_new", "activation_function"), /* bias= */ true)),
        new Output(
            norm,
            new Head.Language(
                json.flagOr(false, "tie_word_embeddings"), /* bias= */ true, new SoftCap.None())));
  }

  @Override
  public WeightNames names() {
    return new WeightNames(
        List.of("transformer.", ""),
        EmbeddingNames.of("wte"),
        new BlockNames(
            "h.{l}.",
            new NormNames("ln_1", null, null, null),
            AttentionNames.of(
                new QkvNames.Separate("attn.q_proj", "attn.k_proj", "attn.v_proj"),
                "attn.out_proj"),
            new MlpNames(new InNames.Plain("mlp.fc_in"), "mlp.fc_out")),
        OutputNames.of("ln_f", "lm_head"),
        WeightLayout.OUT_IN);
  }
}
