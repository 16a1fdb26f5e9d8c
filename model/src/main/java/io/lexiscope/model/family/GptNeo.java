package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.AttentionSpan;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.ConfigException;
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

/// GPT-Neo: GPT-2 with unscaled scores, no biases on queries, keys and values, and a window in some
/// layers.
final class GptNeo implements Family {
  @Override
  public String name() {
    return "gpt_neo";
  }

  @Override
  public Architecture read(ConfigJson json) {
    int width = json.integer("hidden_size");
    var dimensions =
        new Dimensions(
            json.integer("num_layers", "num_hidden_layers"),
            width,
            json.integerOr(4 * width, "intermediate_size"),
            json.integer("vocab_size"),
            json.integerOr(2048, "max_position_embeddings"));
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
                Keys.evenHeads(json, width, "num_heads", "num_attention_heads"),
                new Attention.Scores(
                    /* scale= */ 1, /* dividedByLayerNumber= */ false, new SoftCap.None()),
                new Attention.Mask(/* causal= */ true, spans(json, dimensions.layers())),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ false, /* out= */ true)),
            new Mlp.Plain(
                Keys.activation(json, "gelu_new", "activation_function"), /* bias= */ true)),
        new Output(
            norm,
            new Head.Language(
                json.flagOr(true, "tie_word_embeddings"), /* bias= */ false, new SoftCap.None())));
  }

  private static List<AttentionSpan> spans(ConfigJson json, int layers) {
    var kinds =
        json.has("attention_types")
            ? json.repeatedTexts("attention_types", /* limit= */ layers)
            : json.texts("attention_layers");
    int window = json.integerOr(256, "window_size");
    if (kinds.size() != layers) {
      throw new ConfigException(
          "config: expected attention_types to name %d layers, got %d in %s"
              .formatted(layers, kinds.size(), json.place()));
    }
    return kinds.stream().map(kind -> span(kind, window, json)).toList();
  }

  private static AttentionSpan span(String kind, int window, ConfigJson json) {
    return switch (kind) {
      case "global" -> new AttentionSpan.Global();
      case "local" -> new AttentionSpan.Sliding(window);
      default ->
          throw new ConfigException(
              "config: expected global or local in attention_types, got %s in %s"
                  .formatted(kind, json.place()));
    };
  }

  @Override
  public WeightNames names() {
    return new WeightNames(
        List.of("transformer.", ""),
        new EmbeddingNames("wte", "wpe", null, null, null),
        new BlockNames(
            "h.{l}.",
            NormNames.of("ln_1", "ln_2"),
            AttentionNames.of(
                new QkvNames.Separate(
                    "attn.attention.q_proj", "attn.attention.k_proj", "attn.attention.v_proj"),
                "attn.attention.out_proj"),
            new MlpNames(new InNames.Plain("mlp.c_fc"), "mlp.c_proj")),
        OutputNames.of("ln_f", "lm_head"),
        WeightLayout.OUT_IN);
  }
}
