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
import io.lexiscope.model.family.WeightNames.NormNames;
import java.util.OptionalInt;

/// Gemma 2: norms before and after both sublayers, soft caps, scaled embeddings, a window in every
/// other layer.
final class Gemma2 implements Family {
  private static final int CONTEXT = 8192;
  static final NormNames NORMS =
      new NormNames(
          "input_layernorm",
          "pre_feedforward_layernorm",
          "post_attention_layernorm",
          "post_feedforward_layernorm");

  @Override
  public String name() {
    return "gemma2";
  }

  @Override
  public Architecture read(ConfigJson json) {
    Keys.refuse(
        json.flagOr(false, "use_bidirectional_attention"), json, "use_bidirectional_attention");
    var dimensions = Keys.dimensions(json, CONTEXT);
    var heads = Keys.groupedHeads(json, /* keyValueHeads= */ 4, /* dHead= */ 256);
    var norm = new Norm.RmsNorm(json.numberOr(1e-6, "rms_norm_eps"), /* unitOffset= */ true);
    boolean bias = json.flagOr(false, "attention_bias");
    var window =
        json.isNull("sliding_window")
            ? OptionalInt.empty()
            : OptionalInt.of(json.integerOr(4096, "sliding_window"));
    return new Architecture(
        name(),
        dimensions,
        new Embedding(
            dimensions.dModel(),
            Math.sqrt(dimensions.dModel()),
            Rotation.of(json, CONTEXT).whole(json, heads.dHead()),
            /* norm= */ null),
        new Block(
            Wiring.SANDWICH,
            norm,
            new Attention(
                heads,
                new Attention.Scores(
                    1 / Math.sqrt(json.numberOr(256, "query_pre_attn_scalar")),
                    /* dividedByLayerNumber= */ false,
                    Keys.softCap(json, "attn_logit_softcapping", new SoftCap.Tanh(50))),
                new Attention.Mask(
                    /* causal= */ true,
                    Keys.spans(json, dimensions.layers(), window, layer -> layer % 2 == 0)),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ bias, /* out= */ bias)),
            new Mlp.Gated(
                Keys.activation(json, "gelu_pytorch_tanh", "hidden_activation"),
                /* bias= */ false)),
        new Output(
            norm,
            new Head.Language(
                json.flagOr(true, "tie_word_embeddings"),
                /* bias= */ false,
                Keys.softCap(json, "final_logit_softcapping", new SoftCap.Tanh(30)))));
  }

  @Override
  public WeightNames names() {
    return LlamaLike.names(NORMS, LlamaLike.ATTENTION, LlamaLike.MLP);
  }
}
