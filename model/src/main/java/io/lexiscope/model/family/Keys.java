package io.lexiscope.model.family;

import io.lexiscope.model.config.Activation;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.AttentionSpan;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.config.SoftCap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Readings that many families share.
final class Keys {
  private Keys() {}

  /// Sizes under the names that Llama made common.
  static Dimensions dimensions(ConfigJson json, int context) {
    return new Dimensions(
        json.integer("num_hidden_layers"),
        json.integer("hidden_size"),
        json.integer("intermediate_size"),
        json.integer("vocab_size"),
        json.integerOr(context, "max_position_embeddings"));
  }

  /// Heads that share the width of the model evenly.
  static Attention.Heads evenHeads(ConfigJson json, int dModel, String... keys) {
    int heads = json.integer(keys);
    return new Attention.Heads(heads, heads, share(json, dModel, heads));
  }

  /// Heads with fewer keys and values; absent or null sizes come from the others.
  static Attention.Heads groupedHeads(ConfigJson json) {
    return groupedHeads(json, json.integer("num_attention_heads"));
  }

  /// Heads with fewer keys and values, where an absent number of them means a fixed one, and null
  /// as many as queries.
  static Attention.Heads groupedHeads(ConfigJson json, int keyValueHeads) {
    int heads = json.integer("num_attention_heads");
    return groupedHeads(
        json,
        keyValueHeads,
        json.has("head_dim")
            ? json.integer("head_dim")
            : share(json, json.integer("hidden_size"), heads));
  }

  /// Heads with fewer keys and values, where an absent width means a fixed one.
  static Attention.Heads groupedHeads(ConfigJson json, int keyValueHeads, int dHead) {
    int heads = json.integer("num_attention_heads");
    return new Attention.Heads(
        heads,
        json.isNull("num_key_value_heads")
            ? heads
            : json.integerOr(keyValueHeads, "num_key_value_heads"),
        json.integerOr(dHead, "head_dim"));
  }

  private static int share(ConfigJson json, int dModel, int heads) {
    if (heads <= 0 || dModel % heads != 0) {
      throw new ConfigException(
          "config: expected a width that %d heads share evenly, got %d in %s"
              .formatted(heads, dModel, json.place()));
    }
    return dModel / heads;
  }

  /// Scores divided by √d_head and left as they are.
  static Attention.Scores plainScores(Attention.Heads heads) {
    return new Attention.Scores(
        1 / Math.sqrt(heads.dHead()), /* dividedByLayerNumber= */ false, new SoftCap.None());
  }

  /// A squeeze; null means none, absent means the default.
  static SoftCap softCap(ConfigJson json, String key, SoftCap fallback) {
    if (json.isNull(key)) {
      return new SoftCap.None();
    }
    return json.has(key) ? new SoftCap.Tanh(json.number(key)) : fallback;
  }

  /// A non-linearity by the reference library's name.
  static Activation activation(ConfigJson json, String fallback, String... keys) {
    String name = json.textOr(fallback, keys);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "gelu", "gelu_python" -> Activation.GELU_ERF;
      case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_accurate" ->
          Activation.GELU_TANH;
      case "quick_gelu" -> Activation.QUICK_GELU;
      case "silu", "swish" -> Activation.SILU;
      case "relu" -> Activation.RELU;
      case "relu2" -> Activation.RELU_SQUARED;
      case "tanh" -> Activation.TANH;
      default ->
          throw new ConfigException(
              "config: expected an activation of gelu, gelu_new, gelu_fast, gelu_pytorch_tanh, quick_gelu, silu, relu, relu2 or tanh, got %s for %s in %s"
                  .formatted(name, String.join(" or ", keys), json.place()));
    };
  }

  /// Spans as `layer_types` says, or as a rule says where the key is absent.
  static List<AttentionSpan> spans(
      ConfigJson json, int layers, OptionalInt window, IntPredicate sliding) {
    var types = json.texts("layer_types");
    if (!types.isEmpty() && types.size() != layers) {
      throw new ConfigException(
          "config: expected layer_types to name %d layers, got %d in %s"
              .formatted(layers, types.size(), json.place()));
    }
    return IntStream.range(0, layers)
        .mapToObj(
            layer -> {
              boolean slides =
                  types.isEmpty() ? sliding.test(layer) : slides(types.get(layer), json);
              if (slides && window.isEmpty()) {
                throw new ConfigException(
                    "config: expected sliding_window for layer %d of sliding attention, got nothing in %s"
                        .formatted(layer, json.place()));
              }
              AttentionSpan span =
                  slides
                      ? new AttentionSpan.Sliding(window.getAsInt())
                      : new AttentionSpan.Global();
              return span;
            })
        .toList();
  }

  private static boolean slides(String type, ConfigJson json) {
    return switch (type) {
      case "full_attention" -> false;
      case "sliding_attention" -> true;
      default ->
          throw new ConfigException(
              "config: expected full_attention or sliding_attention in layer_types, got %s in %s"
                  .formatted(type, json.place()));
    };
  }

  /// Refuses a setting that asks for something not computed here.
  static void refuse(boolean asked, ConfigJson json, String setting) {
    if (asked) {
      throw new ConfigException(
          "config: expected no %s, which is not computed here, got it in %s"
              .formatted(setting, json.place()));
    }
  }
}
