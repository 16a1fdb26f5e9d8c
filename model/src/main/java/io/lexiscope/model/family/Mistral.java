package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.AttentionSpan;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.Wiring;
import java.util.Collections;

/// Mistral: Llama's shape with a window in every layer, unless the configuration says
/// `"sliding_window": null`.
final class Mistral implements Family {
  private static final int CONTEXT = 131_072;

  @Override
  public String name() {
    return "mistral";
  }

  @Override
  public Architecture read(ConfigJson json) {
    var dimensions = Keys.dimensions(json, CONTEXT);
    var heads = Keys.groupedHeads(json, /* keyValueHeads= */ 8);
    return LlamaLike.architecture(
        name(),
        dimensions,
        Rotation.of(json, CONTEXT).whole(json, heads.dHead()),
        new Block(
            Wiring.PRE_NORM,
            new Norm.RmsNorm(json.numberOr(1e-6, "rms_norm_eps"), /* unitOffset= */ false),
            new Attention(
                heads,
                Keys.plainScores(heads),
                new Attention.Mask(
                    /* causal= */ true, Collections.nCopies(dimensions.layers(), span(json))),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ false, /* out= */ false)),
            new Mlp.Gated(Keys.activation(json, "silu", "hidden_act"), /* bias= */ false)),
        json.flagOr(false, "tie_word_embeddings"));
  }

  /// An absent key means 4096, a null no window at all.
  private static AttentionSpan span(ConfigJson json) {
    return json.isNull("sliding_window")
        ? new AttentionSpan.Global()
        : new AttentionSpan.Sliding(json.integerOr(4096, "sliding_window"));
  }

  @Override
  public WeightNames names() {
    return LlamaLike.names(LlamaLike.NORMS, LlamaLike.ATTENTION, LlamaLike.MLP);
  }
}
