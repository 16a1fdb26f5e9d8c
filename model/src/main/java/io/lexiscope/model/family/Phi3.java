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
import io.lexiscope.model.family.WeightNames.InNames;
import io.lexiscope.model.family.WeightNames.MlpNames;
import io.lexiscope.model.family.WeightNames.QkvNames;
import io.lexiscope.model.matrix.FusedOrder;

/// Phi-3, 3.5 and 4: Llama's shape with fused projections and long-context scaling by a list of
/// factors.
final class Phi3 implements Family {
  private static final int CONTEXT = 4096;

  @Override
  public String name() {
    return "phi3";
  }

  @Override
  public Architecture read(ConfigJson json) {
    var dimensions = Keys.dimensions(json, CONTEXT);
    var heads = Keys.groupedHeads(json);
    var window = json.optionalInteger("sliding_window");
    return LlamaLike.architecture(
        name(),
        dimensions,
        new Rotation(/* theta= */ 10_000, CONTEXT).partial(json, heads.dHead(), /* fraction= */ 1),
        new Block(
            Wiring.PRE_NORM,
            new Norm.RmsNorm(json.numberOr(1e-5, "rms_norm_eps"), /* unitOffset= */ false),
            new Attention(
                heads,
                Keys.plainScores(heads),
                new Attention.Mask(
                    /* causal= */ true,
                    Keys.spans(json, dimensions.layers(), window, _ -> window.isPresent())),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ false, /* out= */ false)),
            new Mlp.Gated(Keys.activation(json, "silu", "hidden_act"), /* bias= */ false)),
        json.flagOr(false, "tie_word_embeddings"));
  }

  @Override
  public WeightNames names() {
    return LlamaLike.names(
        LlamaLike.NORMS,
        AttentionNames.of(
            new QkvNames.Fused("self_attn.qkv_proj", FusedOrder.BLOCKS), "self_attn.o_proj"),
        new MlpNames(new InNames.FusedGate("mlp.gate_up_proj"), "mlp.down_proj"));
  }
}
