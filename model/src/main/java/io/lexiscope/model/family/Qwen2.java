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
import java.util.List;
import java.util.OptionalInt;

/// Qwen 2 and 2.5: Llama's shape with biases on queries, keys and values, and an optional window in
/// the upper layers.
final class Qwen2 implements Family {
  static final int CONTEXT = 32_768;

  @Override
  public String name() {
    return "qwen2";
  }

  @Override
  public Architecture read(ConfigJson json) {
    var dimensions = Keys.dimensions(json, CONTEXT);
    var heads = Keys.groupedHeads(json, /* keyValueHeads= */ 32);
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
                new Attention.Mask(/* causal= */ true, spans(json, dimensions.layers())),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ true, /* out= */ false)),
            new Mlp.Gated(Keys.activation(json, "silu", "hidden_act"), /* bias= */ false)),
        json.flagOr(false, "tie_word_embeddings"));
  }

  /// The window counts only where `use_sliding_window` says so, and then from layer
  /// `max_window_layers` on.
  static List<AttentionSpan> spans(ConfigJson json, int layers) {
    boolean used = json.flagOr(false, "use_sliding_window") && !json.isNull("sliding_window");
    int from = json.integerOr(28, "max_window_layers");
    return Keys.spans(
        json,
        layers,
        used ? OptionalInt.of(json.integerOr(4096, "sliding_window")) : OptionalInt.empty(),
        layer -> used && layer >= from);
  }

  @Override
  public WeightNames names() {
    return LlamaLike.names(LlamaLike.NORMS, LlamaLike.ATTENTION, LlamaLike.MLP);
  }
}
