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
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.model.config.RotaryScaling;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.config.Wiring;
import java.util.OptionalInt;

/// Gemma 3 (text): Gemma 2 with queries and keys normed head by head instead of soft caps, and
/// rotary frequencies of their own in layers with a window. An `attn_logit_softcapping` that a file
/// carries over from Gemma 2 does nothing here, as in the reference.
final class Gemma3 implements Family {
  private static final int CONTEXT = 131_072;

  @Override
  public String name() {
    return "gemma3_text";
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
    int pattern = Math.max(1, json.integerOr(6, "sliding_window_pattern"));
    return new Architecture(
        name(),
        dimensions,
        new Embedding(
            dimensions.dModel(),
            Math.sqrt(dimensions.dModel()),
            positions(json, heads.dHead()),
            /* norm= */ null),
        new Block(
            Wiring.SANDWICH,
            norm,
            new Attention(
                heads,
                new Attention.Scores(
                    1 / Math.sqrt(json.numberOr(256, "query_pre_attn_scalar")),
                    /* dividedByLayerNumber= */ false,
                    new SoftCap.None()),
                new Attention.Mask(
                    /* causal= */ true,
                    Keys.spans(
                        json, dimensions.layers(), window, layer -> (layer + 1) % pattern != 0)),
                new QkNorm.PerHead(norm),
                new Attention.Biases(/* qkv= */ bias, /* out= */ bias)),
            new Mlp.Gated(
                Keys.activation(json, "gelu_pytorch_tanh", "hidden_activation"),
                /* bias= */ false)),
        new Output(
            norm,
            new Head.Language(
                json.flagOr(true, "tie_word_embeddings"),
                /* bias= */ false,
                Keys.softCap(json, "final_logit_softcapping", new SoftCap.None()))));
  }

  /// Old files: `rope_theta` and `rope_scaling` for global layers, `rope_local_base_freq` for the
  /// others. New files: an object for each kind.
  private static Positions.Rotary positions(ConfigJson json, int dHead) {
    var reader = new Rotation(/* theta= */ 1_000_000, CONTEXT);
    var kinds = json.child("rope_parameters");
    var global =
        json.child("rope_scaling").or(() -> kinds.flatMap(kind -> kind.child("full_attention")));
    var sliding = kinds.flatMap(kind -> kind.child("sliding_attention"));
    double local = json.numberOr(10_000, "rope_local_base_freq");
    return new Positions.Rotary(
        dHead,
        Positions.Layout.HALVES,
        reader.frequencies(json, global, /* base= */ 1_000_000),
        sliding
            .map(kind -> reader.inside(json, kind, local))
            .orElseGet(() -> new RotaryFrequencies(local, new RotaryScaling.None())));
  }

  @Override
  public WeightNames names() {
    return LlamaLike.names(Gemma2.NORMS, LlamaLike.ATTENTION_WITH_QK_NORM, LlamaLike.MLP);
  }
}
