package io.lexiscope.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.AttentionSpan;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.RotaryScaling;
import io.lexiscope.model.config.Wiring;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Golden configurations, rewritten by hand into the older dialect or with keys left out.
class DialectTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  static Stream<String> folders() {
    return Golden.FOLDERS.stream();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void theOlderDialectMeansTheSame(String folder) {
    var newer = tree(folder);
    var older = newer.deepCopy();
    older.remove("transformers_version");
    older.set("torch_dtype", older.remove("dtype"));
    older.remove("layer_types");
    older.remove("_sliding_window_pattern");
    older.remove("attention_layers");
    var rope = (ObjectNode) older.remove("rope_parameters");
    if (rope != null && rope.has("full_attention")) {
      older.set("rope_theta", rope.get("full_attention").get("rope_theta"));
      older.set("rope_local_base_freq", rope.get("sliding_attention").get("rope_theta"));
    } else if (rope != null && folder.startsWith("gpt-neox")) {
      older.set("rotary_emb_base", rope.get("rope_theta"));
      older.set("rotary_pct", rope.get("partial_rotary_factor"));
    } else if (rope != null) {
      older.set("rope_theta", rope.get("rope_theta"));
    }
    older.putNull("rope_scaling");

    assertThat(read(older)).isEqualTo(read(newer));
  }

  @Test
  void oldGpt2FilesSayTheContextTwice() {
    var json = tree("gpt2-a");
    json.set("n_ctx", json.get("n_positions"));

    assertThat(read(json)).isEqualTo(read(tree("gpt2-a")));
    json.remove("n_positions");
    assertThat(read(json)).isEqualTo(read(tree("gpt2-a")));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2-a, true",
    "gpt-neo-a, true",
    "opt-a, true",
    "gemma2-a, true",
    "gemma3-text-a, true",
    "gptj-a, false",
    "gpt-neox-a, false",
    "llama-a, false",
    "mistral-a, false",
    "qwen2-a, false",
    "qwen3-a, false",
    "phi-a, false",
    "olmo2-a, false"
  })
  void anUnsaidTieIsTheFamilysOwn(String folder, boolean tied) {
    var json = tree(folder);
    json.remove("tie_word_embeddings");

    assertThat(read(json).tied()).isEqualTo(tied);
  }

  @ParameterizedTest
  @CsvSource({
    "llama-a, 4, 16",
    "mistral-a, 8, 16",
    "qwen2-a, 32, 16",
    "qwen3-a, 32, 128",
    "gemma2-a, 4, 256",
    "olmo2-a, 4, 16",
    "phi-a, 4, 16"
  })
  void unsaidHeadSizesAreTheFamilysOwn(String folder, int kvHeads, int dHead) {
    var json = tree(folder);
    json.remove(List.of("num_key_value_heads", "head_dim"));
    json.put("num_attention_heads", Math.max(4, kvHeads));
    json.put("hidden_size", 16 * Math.max(4, kvHeads));

    var heads = read(json).block().attention().heads();

    assertThat(heads.kvHeads()).isEqualTo(kvHeads);
    assertThat(heads.dHead()).isEqualTo(dHead);
  }

  @Test
  void mistralsWindowIsNoneForNullAndFourThousandForNothing() {
    var json = tree("mistral-a");
    json.putNull("sliding_window");
    assertThat(spans(json)).containsOnly(new AttentionSpan.Global());

    json.remove("sliding_window");
    assertThat(spans(json)).containsOnly(new AttentionSpan.Sliding(4096));
  }

  @Test
  void qwensWindowBeginsAtALayerAndOnlyWhenUsed() {
    for (var folder : List.of("qwen2-a", "qwen3-a")) {
      var json = tree(folder);
      json.remove("layer_types");
      json.put("sliding_window", 5);
      json.put("max_window_layers", 2);
      assertThat(spans(json)).containsOnly(new AttentionSpan.Global());

      json.put("use_sliding_window", true);
      assertThat(spans(json))
          .containsExactly(
              new AttentionSpan.Global(), new AttentionSpan.Global(), new AttentionSpan.Sliding(5));

      json.remove("sliding_window");
      json.remove("max_window_layers");
      assertThat(spans(json)).containsOnly(new AttentionSpan.Global());
    }
  }

  @Test
  void gemma3AlternatesBySixUnlessToldOtherwise() {
    var json = tree("gemma3-text-a");
    json.remove(List.of("layer_types", "sliding_window_pattern", "_sliding_window_pattern"));
    assertThat(spans(json).subList(0, 5)).containsOnly(new AttentionSpan.Sliding(8));
    assertThat(spans(json).get(5)).isEqualTo(new AttentionSpan.Global());

    json.put("sliding_window_pattern", 2);
    assertThat(spans(json).get(1)).isEqualTo(new AttentionSpan.Global());
    assertThat(spans(json).get(2)).isEqualTo(new AttentionSpan.Sliding(8));
  }

  @Test
  void gemma3ScalesOnlyGlobalLayers() {
    var json = tree("gemma3-text-a");
    json.remove("rope_parameters");
    json.put("rope_theta", 500_000);
    json.putObject("rope_scaling").put("rope_type", "linear").put("factor", 8.0);

    var rotary = (Positions.Rotary) read(json).embedding().positions();

    assertThat(rotary.global().theta()).isEqualTo(500_000);
    assertThat(rotary.global().scaling()).isEqualTo(new RotaryScaling.Linear(8));
    assertThat(rotary.sliding().theta()).isEqualTo(10_000);
    assertThat(rotary.sliding().scaling()).isEqualTo(new RotaryScaling.None());
  }

  @Test
  void llama3ScalingReadsTheSameInBothDialects() {
    var older = tree("llama-a");
    older.remove("rope_parameters");
    older.put("rope_theta", 500_000.0);
    older
        .putObject("rope_scaling")
        .put("rope_type", "llama3")
        .put("factor", 8.0)
        .put("low_freq_factor", 1.0)
        .put("high_freq_factor", 4.0)
        .put("original_max_position_embeddings", 64);
    var newer = older.deepCopy();
    newer.remove("rope_theta");
    var scaling = (ObjectNode) newer.remove("rope_scaling");
    newer.set("rope_parameters", scaling.put("rope_theta", 500_000.0));

    var rotary = (Positions.Rotary) read(older).embedding().positions();

    assertThat(rotary.global().theta()).isEqualTo(500_000);
    assertThat(rotary.global().scaling()).isEqualTo(new RotaryScaling.Llama3(8, 1, 4, 64));
    assertThat(read(newer)).isEqualTo(read(older));
  }

  @Test
  void theFirstNameOfAScalingIsStillRead() {
    var json = tree("llama-a");
    json.remove("rope_parameters");
    json.putObject("rope_scaling").put("type", "dynamic").put("factor", 2.0);

    var rotary = (Positions.Rotary) read(json).embedding().positions();

    assertThat(rotary.global().scaling()).isEqualTo(new RotaryScaling.DynamicNtk(2, 256));
  }

  @Test
  void onlyLearnedPositionsEndWithTheContext() {
    assertThat(read(tree("llama-a")).longestSequence()).isEmpty();
    assertThat(read(tree("gpt2-a")).longestSequence()).hasValue(128);
  }

  @Test
  void phi3ReadsLongRopeUnderItsThreeNames() {
    for (var name : List.of("su", "longrope", "yarn")) {
      var json = phi3();
      json.put("max_position_embeddings", 512);
      json.put("original_max_position_embeddings", 128);
      var rope = json.putObject("rope_scaling").put("type", name);
      var shorter = rope.putArray("short_factor");
      var longer = rope.putArray("long_factor");
      for (int i = 0; i < 8; i++) {
        shorter.add(1.0);
        longer.add(2.0 + i);
      }

      var rotary = (Positions.Rotary) read(json).embedding().positions();

      assertThat(rotary.global().scaling())
          .isEqualTo(
              new RotaryScaling.LongRope(
                  List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
                  List.of(2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0),
                  128,
                  Math.sqrt(1 + Math.log(4) / Math.log(128))));
    }
  }

  @Test
  void phi3HasFusedProjectionsAndAWindowOnlyIfSaid() {
    var config = Families.read(ConfigJson.parse(phi3().toString(), "config.json"));

    assertThat(spans(phi3())).containsOnly(new AttentionSpan.Global());
    assertThat(spans(phi3().put("sliding_window", 16))).containsOnly(new AttentionSpan.Sliding(16));
    assertThat(config.plan().all())
        .extracting(slot -> slot.name() + " " + slot.shape())
        .contains(
            "model.layers.0.self_attn.qkv_proj.weight [(n_heads+2*n_kv_heads)*d_head=128, d_model=64]",
            "model.layers.1.mlp.gate_up_proj.weight [2*d_mlp=512, d_model=64]");
  }

  @Test
  void neoXMayBeSequential() {
    var json = tree("gpt-neox-a").put("use_parallel_residual", false);

    assertThat(read(json).block().wiring()).isEqualTo(Wiring.PRE_NORM);
  }

  @Test
  void anOptThatNormsAfterHasNoFinalNormAndMayEmbedNarrowly() {
    var json = tree("opt-a").put("do_layer_norm_before", false).put("word_embed_proj_dim", 32);
    var config = Families.read(ConfigJson.parse(json.toString(), "config.json"));

    assertThat(config.architecture().block().wiring()).isEqualTo(Wiring.POST_NORM);
    assertThat(config.architecture().output().norm()).isNull();
    assertThat(config.plan().all())
        .extracting(slot -> slot.name() + " " + slot.shape())
        .contains(
            "model.decoder.embed_tokens.weight [vocab=512, embedding=32]",
            "model.decoder.project_in.weight [d_model=64, embedding=32]",
            "model.decoder.project_out.weight [embedding=32, d_model=64]");
  }

  @Test
  void phiMayNormQueriesAndKeys() {
    var json = tree("phi-a").put("qk_layernorm", true);

    assertThat(read(json).block().attention().qkNorm()).isInstanceOf(QkNorm.PerHead.class);
  }

  @Test
  void gpt2MayDivideScoresByTheLayer() {
    var json = tree("gpt2-a").put("scale_attn_by_inverse_layer_idx", true);
    var scores = read(json).block().attention().scores();

    assertThat(scores.scale(/* layer= */ 0)).isEqualTo(0.25);
    assertThat(scores.scale(/* layer= */ 2)).isEqualTo(0.25 / 3);
    assertThat(read(json.put("scale_attn_weights", false)).block().attention().scores().scale())
        .isEqualTo(1);
  }

  @Test
  void anUnknownFamilyIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> read(tree("gpt2-a").put("model_type", "mamba")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected a model_type of gpt2, gpt_neo, gptj, gpt_neox, llama")
        .hasMessageContaining("got mamba in config.json")
        .hasMessageContaining("CONTRIBUTING.md");
    var none = tree("gpt2-a");
    none.remove("model_type");
    assertThatThrownBy(() -> read(none)).hasMessageContaining("got none in config.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          llama-a  | hidden_size             | null      | expected a whole number for hidden_size, got nothing
          llama-a  | hidden_size             | "64"      | expected a whole number for hidden_size, got a text
          llama-a  | hidden_size             | 64.5      | expected a whole number of 32 bits for hidden_size, got 64.5
          llama-a  | hidden_size             | 0         | to be positive, got 0
          llama-a  | num_hidden_layers       | -3        | expected layers to be positive, got -3
          llama-a  | vocab_size              | 1e99      | expected a whole number of 32 bits for vocab_size
          llama-a  | vocab_size              | 1e400     | for vocab_size, got
          llama-a  | rms_norm_eps            | 1e400     | for rms_norm_eps, got
          llama-a  | vocab_size              | 4e-9      | expected a whole number of 32 bits for vocab_size
          llama-a  | num_key_value_heads     | 3         | multiple of the key and value heads, got 4 and 3
          llama-a  | rms_norm_eps            | "small"   | expected a number for rms_norm_eps, got a text
          llama-a  | tie_word_embeddings     | 1         | expected true or false for tie_word_embeddings, got 1
          llama-a  | hidden_act              | "mish"    | expected an activation of gelu
          llama-a  | rope_parameters         | 7         | expected an object for rope_parameters, got 7
          llama-a  | rope_parameters         | {"rope_type":"spiral"} | expected a rope_type of default, linear
          llama-a  | rope_parameters         | {"rope_type":"linear"} | expected a number for factor, got nothing
          llama-a  | quantization_config     | {}        | expected plain weights, got quantization_config
          gemma2-a | layer_types             | ["full_attention"] | expected layer_types to name 3 layers, got 1
          gemma2-a | layer_types             | ["a","b","c"] | expected full_attention or sliding_attention in layer_types, got a
          gemma2-a | sliding_window          | null      | expected sliding_window for layer 0
          gpt-neo-a| attention_types         | [[["global"],3]] | expected attention_types to name 4 layers, got 3
          gpt-neo-a| attention_types         | [[["global"],999999999]] | expected a list of [[names], times] with 4 names in all
          gpt-neo-a| attention_types         | [["global",4]] | expected a list of [[names], times]
          gptj-a   | rotary_dim              | null      | expected no rotary_dim of null
          gptj-a   | rotary_dim              | 7         | expected an even number of rotary dimensions, got 7
          gptj-a   | rotary_dim              | 32        | expected at most d_head=16 rotary dimensions, got 32
          gpt2-a   | n_head                  | 5         | expected a width that 5 heads share evenly, got 64
          gpt2-a   | add_cross_attention     | true      | expected no add_cross_attention
          opt-a    | layer_norm_elementwise_affine | false | expected no layer_norm_elementwise_affine of false
          bert-a   | position_embedding_type | "relative_key" | expected no position_embedding_type but absolute
          """)
  void aKeyThatCannotBeUnderstoodIsNamedInOneLine(
      String folder, String key, String value, String message) {
    var json = tree(folder);
    json.set(key, MAPPER.readTree(value));

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aNewGpt2IsWhatItsFileSays() {
    var config = NewConfigs.gpt2(new Dimensions(6, 256, 1024, 4000, 128), /* heads= */ 8);

    assertThat(config.architecture().dimensions())
        .isEqualTo(new Dimensions(6, 256, 1024, 4000, 128));
    assertThat(config.architecture().block().attention().heads().dHead()).isEqualTo(32);
    assertThat(Families.read(ConfigJson.parse(config.json().json(), "again")).architecture())
        .isEqualTo(config.architecture());
  }

  @Test
  void aNewBertMayPredictOneNumber() {
    var config =
        NewConfigs.bert(new Dimensions(2, 32, 64, 20, 16), /* heads= */ 4, /* outputs= */ 1);

    assertThat(config.architecture().output().head())
        .isEqualTo(new Head.Encoder(true, 1, Head.Masked.NONE));
    assertThat(config.plan().all())
        .extracting(slot -> slot.name() + " " + slot.shape())
        .contains(
            "classifier.weight [outputs=1, d_model=32]", "bert.pooler.dense.bias [d_model=32]");
  }

  private static ObjectNode phi3() {
    var json = tree("llama-a");
    json.remove("rope_parameters");
    json.put("model_type", "phi3");
    return json;
  }

  private static List<AttentionSpan> spans(ObjectNode json) {
    return read(json).block().attention().mask().spans();
  }

  private static ObjectNode tree(String folder) {
    return (ObjectNode) MAPPER.readTree(Golden.config(folder).json());
  }

  private static Architecture read(ObjectNode json) {
    return Families.read(ConfigJson.parse(json.toString(), "config.json")).architecture();
  }

  @Test
  void aKeyThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> ConfigJson.parse("{\"a\": 1, \"a\": 2}", "config.json"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a key given twice at line 1");
  }

  @Test
  void anEpsilonBelowZeroIsRefused() {
    var json = tree("llama-a").put("rms_norm_eps", -1.0);

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ConfigException.class)
        .hasMessage("architecture: expected the epsilon of a norm to be 0 or more, got -1.0");
  }
}
