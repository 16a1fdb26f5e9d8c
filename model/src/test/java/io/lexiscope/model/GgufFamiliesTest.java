package io.lexiscope.model;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.gguf.GgufWriter;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.source.ModelSource;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.weights.StoredTensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The tiny models of every family that GGUF knows, written as the converter of llama.cpp writes
/// them, compute what their folders compute. (llama.cpp, given these files, does so too.)
class GgufFamiliesTest {
  private static final Tolerance FLOAT = new Tolerance(1e-4, 1e-4);

  @TempDir private Path scratch;

  /// How the converter names an architecture, and what it does to its tensors.
  enum Converted {
    LLAMA("llama-a", "llama"),
    QWEN2("qwen2-a", "qwen2"),
    QWEN3("qwen3-a", "qwen3"),
    GEMMA2("gemma2-a", "gemma2"),
    GEMMA3("gemma3-text-a", "gemma3"),
    GPT2("gpt2-a", "gpt2"),
    GPT_NEOX("gpt-neox-a", "gptneox"),
    PHI("phi-a", "phi2"),
    OLMO2("olmo2-a", "olmo2"),
    BERT("bert-a", "bert");

    private final String folder;
    private final String architecture;

    Converted(String folder, String architecture) {
      this.folder = folder;
      this.architecture = architecture;
    }

    Path folder() {
      return Path.of("src/test/resources/golden", folder);
    }
  }

  /// Names of tensors, by what they end with in a folder; where a family calls something else so,
  /// its own entry comes first.
  private static final Map<String, String> NAMES = new LinkedHashMap<>();

  static {
    String[][] names = {
      {"model.embed_tokens", "token_embd"},
      {"transformer.wte", "token_embd"},
      {"gpt_neox.embed_in", "token_embd"},
      {"embeddings.word_embeddings", "token_embd"},
      {"transformer.wpe", "position_embd"},
      {"embeddings.position_embeddings", "position_embd"},
      {"embeddings.token_type_embeddings", "token_types"},
      {"embeddings.LayerNorm", "token_embd_norm"},
      {"model.norm", "output_norm"},
      {"model.final_layernorm", "output_norm"},
      {"transformer.ln_f", "output_norm"},
      {"gpt_neox.final_layer_norm", "output_norm"},
      {"lm_head", "output"},
      {"embed_out", "output"},
      {"input_layernorm", "attn_norm"},
      {"ln_1", "attn_norm"},
      {"attention.output.LayerNorm", "attn_output_norm"},
      {"output.LayerNorm", "layer_output_norm"},
      {"pre_feedforward_layernorm", "ffn_norm"},
      {"post_feedforward_layernorm", "post_ffw_norm"},
      {"post_attention_layernorm", "ffn_norm"},
      {"ln_2", "ffn_norm"},
      {"self_attn.q_proj", "attn_q"},
      {"self_attn.k_proj", "attn_k"},
      {"self_attn.v_proj", "attn_v"},
      {"attention.self.query", "attn_q"},
      {"attention.self.key", "attn_k"},
      {"attention.self.value", "attn_v"},
      {"attn.c_attn", "attn_qkv"},
      {"attention.query_key_value", "attn_qkv"},
      {"self_attn.o_proj", "attn_output"},
      {"self_attn.dense", "attn_output"},
      {"attn.c_proj", "attn_output"},
      {"attention.dense", "attn_output"},
      {"attention.output.dense", "attn_output"},
      {"self_attn.q_norm", "attn_q_norm"},
      {"self_attn.k_norm", "attn_k_norm"},
      {"mlp.gate_proj", "ffn_gate"},
      {"mlp.up_proj", "ffn_up"},
      {"mlp.down_proj", "ffn_down"},
      {"mlp.c_fc", "ffn_up"},
      {"mlp.c_proj", "ffn_down"},
      {"mlp.fc1", "ffn_up"},
      {"mlp.fc2", "ffn_down"},
      {"mlp.dense_h_to_4h", "ffn_up"},
      {"mlp.dense_4h_to_h", "ffn_down"},
      {"intermediate.dense", "ffn_up"},
      {"output.dense", "ffn_down"},
    };
    for (String[] name : names) {
      NAMES.put(name[0], name[1]);
    }
  }

  @ParameterizedTest
  @EnumSource(Converted.class)
  void aConvertedModelComputesWhatItsFolderComputes(Converted family) throws IOException {
    Path file = convert(family, scratch.resolve(family + ".gguf"));
    TokenIds prompt = GoldenModel.prompt(11);
    Recording streams = Recording.of(HookPoint.RESID_POST);
    try (LanguageModel expected = LanguageModel.open(family.folder());
        LanguageModel model = LanguageModel.open(file);
        Run reference = expected.run(prompt, streams);
        Run run = model.run(prompt, streams)) {

      assertThat(model.unusedWeights()).isEmpty();
      for (int layer = 0; layer < model.architecture().layers(); layer++) {
        assertClose(
            run.activation(HookPoint.RESID_POST.at(layer)),
            reference.activation(HookPoint.RESID_POST.at(layer)),
            FLOAT);
      }
      if (family != Converted.BERT) {
        assertClose(
            TensorScope.tidy(() -> run.logits().toFloats()),
            TensorScope.tidy(() -> reference.logits().toFloats()),
            FLOAT);
      }
    }
  }

  @Test
  void aTiedOutputIsTheEmbeddingAndAnotherOneIsNot() throws IOException {
    Path tied = convert(Converted.QWEN3, scratch.resolve("tied.gguf"));
    Path untied = convert(Converted.LLAMA, scratch.resolve("untied.gguf"));
    try (LanguageModel one = LanguageModel.open(tied);
        LanguageModel other = LanguageModel.open(untied)) {
      assertThat(one.architecture().tied()).isTrue();
      assertThat(other.architecture().tied()).isFalse();
    }
  }

  // --- what the converter does ---

  private static Path convert(Converted family, Path target) throws IOException {
    ModelSource source = ModelSource.of(family.folder());
    ConfigJson config = source.config();
    GgufWriter writer = new GgufWriter().put("general.architecture", family.architecture);
    writer.put("tokenizer.ggml.model", "no_vocab");
    metadata(config, family.architecture, writer);
    try (var tensors = source.tensors()) {
      for (String name : tensors.names()) {
        tensor(family, config, name, tensors.get(name).orElseThrow(), writer);
      }
    }
    return writer.write(target);
  }

  private static void metadata(ConfigJson config, String architecture, GgufWriter writer) {
    String[][] whole = {
      {"block_count", "num_hidden_layers", "n_layer"},
      {"context_length", "max_position_embeddings", "n_positions"},
      {"embedding_length", "hidden_size", "n_embd"},
      {"attention.head_count", "num_attention_heads", "n_head"},
      {"attention.head_count_kv", "num_key_value_heads", "num_attention_heads", "n_head"},
      {"attention.sliding_window", "sliding_window"},
      {"attention.sliding_window_pattern", "sliding_window_pattern"},
      {"vocab_size", "vocab_size"},
    };
    for (String[] key : whole) {
      config
          .optionalInteger(Arrays.copyOfRange(key, 1, key.length))
          .ifPresent(number -> writer.put(architecture + "." + key[0], number));
    }
    int width = config.integer("hidden_size", "n_embd");
    int heads = config.integer("num_attention_heads", "n_head");
    int dHead = config.integerOr(width / heads, "head_dim");
    writer.put(
        architecture + ".feed_forward_length", config.integerOr(4 * width, "intermediate_size"));
    writer.put(architecture + ".attention.key_length", dHead);
    writer.put(architecture + ".attention.value_length", dHead);
    ConfigJson rope = config.child("rope_parameters").orElse(config);
    double part = rope.numberOr(1, "partial_rotary_factor");
    writer.put(architecture + ".rope.dimension_count", (int) (dHead * part));
    ConfigJson global = rope.child("full_attention").orElse(rope);
    writer.put(architecture + ".rope.freq_base", (float) global.numberOr(10_000, "rope_theta"));
    String[][] real = {
      {"attention.layer_norm_rms_epsilon", "rms_norm_eps"},
      {"attention.layer_norm_epsilon", "layer_norm_eps", "layer_norm_epsilon"},
      {"attn_logit_softcapping", "attn_logit_softcapping"},
      {"final_logit_softcapping", "final_logit_softcapping"},
    };
    for (String[] key : real) {
      config
          .optionalNumber(Arrays.copyOfRange(key, 1, key.length))
          .ifPresent(number -> writer.put(architecture + "." + key[0], (float) number));
    }
    if (architecture.equals("gptneox")) {
      writer.put("gptneox.use_parallel_residual", config.flagOr(true, "use_parallel_residual"));
    }
    scaling(global, dHead, architecture, writer);
  }

  /// Llama 3's scaling is worked out into divisors, others are named.
  private static void scaling(ConfigJson rope, int dHead, String architecture, GgufWriter writer) {
    String type = rope.textOr("default", "rope_type");
    if (type.equals("linear")) {
      writer.put(architecture + ".rope.scaling.type", "linear");
      writer.put(architecture + ".rope.scaling.factor", (float) rope.number("factor"));
    } else if (type.equals("llama3")) {
      float[] divisors = new float[dHead / 2];
      double theta = rope.number("rope_theta");
      double factor = rope.number("factor");
      double low = rope.number("low_freq_factor");
      double high = rope.number("high_freq_factor");
      double context = rope.number("original_max_position_embeddings");
      for (int i = 0; i < divisors.length; i++) {
        double wave = 2 * Math.PI * Math.pow(theta, 2.0 * i / dHead);
        double smooth = (context / wave - low) / (high - low);
        divisors[i] =
            (float)
                (wave < context / high
                    ? 1
                    : wave > context / low ? factor : 1 / ((1 - smooth) / factor + smooth));
      }
      writer.floats("rope_freqs.weight", List.of((long) divisors.length), divisors);
    } else {
      assertThat(type).isEqualTo("default");
    }
  }

  private static void tensor(
      Converted family, ConfigJson config, String name, StoredTensor stored, GgufWriter writer) {
    Optional<String> target = target(family, name);
    if (target.isEmpty()) {
      assertThat(name).startsWith("pooler.");
      return;
    }
    float[] numbers = stored.data().toArray(ValueLayout.JAVA_FLOAT);
    List<Long> shape = stored.shape();
    String to = target.get();
    int heads = config.integer("num_attention_heads", "n_head");
    int kvHeads = config.integerOr(heads, "num_key_value_heads");
    switch (family) {
      case LLAMA -> {
        if (to.contains("attn_q.") || to.contains("attn_k.")) {
          numbers = neighbours(numbers, shape, to.contains("attn_q.") ? heads : kvHeads);
        }
      }
      case GEMMA2, GEMMA3 -> {
        if (to.endsWith("norm.weight")) {
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] += 1;
          }
        }
        // The scale of scores is not in the file; what differs goes into the queries.
        boolean scaled =
            to.contains(family == Converted.GEMMA2 ? "attn_q.weight" : "attn_q_norm.weight");
        if (scaled) {
          double by =
              Math.sqrt(config.integer("head_dim") / config.number("query_pre_attn_scalar"));
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= (float) by;
          }
        }
      }
      case GPT2 -> {
        boolean matrix = shape.size() == 2 && to.startsWith("blk.");
        if (matrix) {
          numbers = transposed(numbers, shape.get(0).intValue(), shape.get(1).intValue());
          shape = shape.reversed();
        }
      }
      case GPT_NEOX -> {
        if (to.contains("attn_qkv.")) {
          numbers = blocks(numbers, heads);
        }
      }
      case QWEN2, QWEN3, PHI, OLMO2, BERT -> {}
    }
    writer.floats(to, shape, numbers);
  }

  private static Optional<String> target(Converted family, String name) {
    String part = name.substring(name.lastIndexOf('.'));
    String module = name.substring(0, name.length() - part.length());
    var layer = Pattern.compile("\\.(\\d+)\\.").matcher(name);
    String root = layer.find() ? "blk." + layer.group(1) + "." : "";
    if (module.endsWith("post_attention_layernorm")
        && (family == Converted.GEMMA2
            || family == Converted.GEMMA3
            || family == Converted.OLMO2)) {
      return Optional.of(root + "post_attention_norm" + part);
    }
    return NAMES.entrySet().stream()
        .filter(entry -> module.endsWith(entry.getKey()))
        .map(entry -> root + entry.getValue() + part)
        .findFirst();
  }

  /// Rows of each head so that those that turn together are neighbours.
  private static float[] neighbours(float[] rows, List<Long> shape, int heads) {
    int columns = shape.size() == 2 ? shape.get(1).intValue() : 1;
    int dHead = rows.length / columns / heads;
    float[] result = new float[rows.length];
    for (int head = 0; head < heads; head++) {
      for (int i = 0; i < dHead; i++) {
        int from = head * dHead + (i % 2) * dHead / 2 + i / 2;
        System.arraycopy(rows, from * columns, result, (head * dHead + i) * columns, columns);
      }
    }
    return result;
  }

  private static float[] transposed(float[] numbers, int rows, int columns) {
    float[] result = new float[numbers.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        result[column * rows + row] = numbers[row * columns + column];
      }
    }
    return result;
  }

  /// Queries, keys and values of one head after the other become all of each.
  private static float[] blocks(float[] numbers, int heads) {
    List<Float> result = new ArrayList<>();
    int chunk = numbers.length / heads / 3;
    for (int which = 0; which < 3; which++) {
      for (int head = 0; head < heads; head++) {
        for (int i = 0; i < chunk; i++) {
          result.add(numbers[(head * 3 + which) * chunk + i]);
        }
      }
    }
    float[] array = new float[numbers.length];
    for (int i = 0; i < array.length; i++) {
      array[i] = result.get(i);
    }
    return array;
  }
}
