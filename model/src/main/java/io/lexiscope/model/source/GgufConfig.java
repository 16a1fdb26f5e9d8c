package io.lexiscope.model.source;

import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.gguf.GgufFile;
import io.lexiscope.model.gguf.Metadata;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.model.weights.StoredType;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Metadata of a GGUF file in the keys of a `config.json`, so that a family has one reading of its
/// configuration, whatever file it comes from.
final class GgufConfig {
  /// Families by the names that GGUF gives their architectures.
  private static final Map<String, String> MODEL_TYPES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("llama", "llama"),
              Map.entry("qwen2", "qwen2"),
              Map.entry("qwen3", "qwen3"),
              Map.entry("gemma2", "gemma2"),
              Map.entry("gemma3", "gemma3_text"),
              Map.entry("phi2", "phi"),
              Map.entry("phi3", "phi3"),
              Map.entry("gpt2", "gpt2"),
              Map.entry("gptneox", "gpt_neox"),
              Map.entry("olmo2", "olmo2"),
              Map.entry("bert", "bert")));

  private static final int LONGEST_LIST = 1 << 16;

  private final Metadata metadata;
  private final List<GgufFile> files;
  private final String architecture;
  private final Map<String, Object> keys = new LinkedHashMap<>();

  private GgufConfig(Metadata metadata, List<GgufFile> files) {
    this.metadata = metadata;
    this.files = files;
    this.architecture =
        metadata
            .text("general.architecture")
            .orElseThrow(() -> missing("general.architecture", "a text"));
  }

  /// @throws ConfigException if a key is missing or ill-typed, or the architecture is not known
  static ConfigJson of(Metadata metadata, List<GgufFile> files) {
    GgufConfig config = new GgufConfig(metadata, files);
    config.read();
    return ConfigJson.of(config.keys, metadata.file().toString());
  }

  private void read() {
    @Nullable String modelType = MODEL_TYPES.get(architecture);
    if (modelType == null) {
      throw new ConfigException(
          "config: expected a general.architecture of %s, got %s in %s; what is missing is a Family for it, see CONTRIBUTING.md"
              .formatted(String.join(", ", MODEL_TYPES.keySet()), architecture, metadata.file()));
    }
    if (integer("expert_count").orElse(0) > 0) {
      throw new ConfigException(
          "config: expected one feed-forward part in a block, got %d experts in %s; mixtures of experts are not computed here"
              .formatted(integer("expert_count").orElse(0), metadata.file()));
    }
    keys.put("model_type", modelType);
    int width = required("embedding_length");
    int heads = required("attention.head_count");
    int dHead = integer("attention.key_length").orElse(heads > 0 ? width / heads : 0);
    keys.put("num_hidden_layers", required("block_count"));
    keys.put("hidden_size", width);
    keys.put("intermediate_size", required("feed_forward_length"));
    keys.put("num_attention_heads", heads);
    keys.put("num_key_value_heads", integer("attention.head_count_kv").orElse(heads));
    keys.put("head_dim", dHead);
    keys.put("vocab_size", vocabulary());
    keys.put("max_position_embeddings", required("context_length"));
    keys.put("tie_word_embeddings", tensor("output.weight").isEmpty());
    number("attention.layer_norm_rms_epsilon").ifPresent(e -> keys.put("rms_norm_eps", e));
    number("attention.layer_norm_epsilon").ifPresent(e -> keys.put("layer_norm_eps", e));
    number("rope.freq_base").ifPresent(base -> keys.put("rope_theta", base));
    int values = integer("attention.value_length").orElse(dHead);
    if (values != dHead) {
      throw new ConfigException(
          "config: expected keys and values of one width, got %d and %d in %s"
              .formatted(dHead, values, metadata.file()));
    }
    scaling();
    switch (modelType) {
      case "gpt2" -> {
        keys.put("n_inner", required("feed_forward_length"));
        number("attention.layer_norm_epsilon").ifPresent(e -> keys.put("layer_norm_epsilon", e));
      }
      case "gpt_neox" -> {
        partial(dHead);
        metadata
            .flag(architecture + ".use_parallel_residual")
            .ifPresent(parallel -> keys.put("use_parallel_residual", parallel));
      }
      case "phi" -> partial(dHead);
      case "phi3" -> {
        partial(dHead);
        window();
      }
      case "gemma2" -> {
        caps();
        window();
        keys.put("query_pre_attn_scalar", queryScale(width / Math.max(1, heads), dHead, 46));
      }
      case "gemma3_text" -> {
        caps();
        window();
        keys.put("query_pre_attn_scalar", queryScale(width / Math.max(1, heads), dHead, 62));
        integer("attention.sliding_window_pattern")
            .ifPresent(pattern -> keys.put("sliding_window_pattern", pattern));
        number("rope.freq_base_swa").ifPresent(base -> keys.put("rope_local_base_freq", base));
      }
      case "olmo2" -> {
        if (integer("attention.sliding_window").orElse(0) > 0) {
          throw new ConfigException(
              "config: expected OLMo 2, whose layers see everything, got windows (OLMo 3) in %s"
                  .formatted(metadata.file()));
        }
      }
      case "bert" ->
          tensor("token_types.weight")
              .ifPresent(types -> keys.put("type_vocab_size", types.shape().getFirst().intValue()));
      default -> {}
    }
    tensor("rope_freqs.weight").ifPresent(factors -> keys.put("rope_freqs", floats(factors)));
  }

  /// The factor on scores is not in the file: one over the root of the heads' width, but for the
  /// largest model of a generation, known by its number of layers, whose heads share the width of
  /// the model.
  private int queryScale(int share, int dHead, int layersOfLargest) {
    return required("block_count") == layersOfLargest ? share : dHead;
  }

  private void partial(int dHead) {
    integer("rope.dimension_count")
        .ifPresent(
            turning -> keys.put("partial_rotary_factor", turning / (double) Math.max(1, dHead)));
  }

  private void window() {
    integer("attention.sliding_window")
        .ifPresent(
            window -> {
              if (window > 0) {
                keys.put("sliding_window", window);
              }
            });
  }

  private void caps() {
    number("attn_logit_softcapping").ifPresent(cap -> keys.put("attn_logit_softcapping", cap));
    number("final_logit_softcapping").ifPresent(cap -> keys.put("final_logit_softcapping", cap));
  }

  private void scaling() {
    Optional<Double> factor = number("rope.scaling.factor").or(() -> number("rope.scale_linear"));
    Optional<StoredTensor> longFactors = tensor("rope_factors_long.weight");
    String type =
        metadata
            .text(architecture + ".rope.scaling.type")
            .orElse(factor.orElse(0.0) > 0 ? "linear" : "none");
    Map<String, Object> scaling = new LinkedHashMap<>();
    factor.filter(stretch -> stretch > 0).ifPresent(stretch -> scaling.put("factor", stretch));
    integer("rope.scaling.original_context_length")
        .ifPresent(trained -> scaling.put("original_max_position_embeddings", trained));
    if (longFactors.isPresent()) {
      scaling.put("rope_type", "longrope");
      scaling.put("long_factor", floats(longFactors.get()));
      scaling.put(
          "short_factor", floats(tensor("rope_factors_short.weight").orElse(longFactors.get())));
      number("rope.scaling.attn_factor").ifPresent(by -> scaling.put("attention_factor", by));
    } else if (type.equals("linear") && scaling.containsKey("factor")) {
      scaling.put("rope_type", "linear");
    } else if (type.equals("yarn")) {
      scaling.put("rope_type", "yarn");
      number("rope.scaling.yarn_beta_fast").ifPresent(beta -> scaling.put("beta_fast", beta));
      number("rope.scaling.yarn_beta_slow").ifPresent(beta -> scaling.put("beta_slow", beta));
    } else if (!type.equals("none") && !type.equals("linear")) {
      throw new ConfigException(
          "config: expected a rope.scaling.type of none, linear, yarn or longrope with its factors, got %s in %s"
              .formatted(type, metadata.file()));
    }
    if (scaling.containsKey("rope_type")) {
      keys.put("rope_scaling", scaling);
    }
  }

  private int vocabulary() {
    StoredTensor tokens =
        tensor("token_embd.weight").orElseThrow(() -> missing("token_embd.weight", "a tensor"));
    long rows = tokens.shape().getFirst();
    if (rows != (int) rows) {
      throw new ConfigException(
          "config: expected fewer than 2³¹ tokens, got %d in %s".formatted(rows, metadata.file()));
    }
    return (int) rows;
  }

  private Optional<StoredTensor> tensor(String name) {
    return files.stream().flatMap(file -> file.get(name).stream()).findFirst();
  }

  private List<Double> floats(StoredTensor stored) {
    if (stored.type() != StoredType.F32 || stored.elements() > LONGEST_LIST) {
      throw new ConfigException(
          "config: expected a short list in F32 for %s, got %s of %s in %s"
              .formatted(stored.name(), stored.shape(), stored.type(), stored.file()));
    }
    List<Double> numbers = new ArrayList<>();
    for (long i = 0; i < stored.elements(); i++) {
      numbers.add((double) stored.data().getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i));
    }
    return numbers;
  }

  private int required(String key) {
    return integer(key).orElseThrow(() -> missing(architecture + "." + key, "a whole number"));
  }

  private OptionalInt integer(String key) {
    return metadata.integer(architecture + "." + key);
  }

  private Optional<Double> number(String key) {
    return metadata.number(architecture + "." + key);
  }

  private ConfigException missing(String key, String expected) {
    return new ConfigException(
        "config: expected %s for %s, got nothing in %s; the file is no model, or was made by an old tool"
            .formatted(expected, key, metadata.file()));
  }
}
