package io.lexiscope.model.family;

import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Dimensions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes configurations of networks that are yet to be trained.
///
/// What they mean is read back from the JSON they write, so a trained folder opens as what was
/// trained.
public final class NewConfigs {
  private static final String PLACE = "a new configuration";

  private NewConfigs() {}

  /// A GPT-2: learned positions, GELU, tied head.
  ///
  /// @param dimensions the sizes
  /// @param heads number of heads; must divide the width
  /// @throws ConfigException if the heads cannot share the width
  public static ModelConfig gpt2(Dimensions dimensions, int heads) {
    var json = new LinkedHashMap<String, Object>();
    json.put("architectures", List.of("GPT2LMHeadModel"));
    json.put("model_type", "gpt2");
    json.put("activation_function", "gelu_new");
    json.put("layer_norm_epsilon", 1e-5);
    json.put(Gpt2.CONTEXT, dimensions.context());
    json.put(Gpt2.WIDTH, dimensions.dModel());
    json.put(Gpt2.LAYERS, dimensions.layers());
    json.put(Gpt2.HEADS, heads);
    json.put("n_inner", dimensions.dMlp());
    json.put("vocab_size", dimensions.vocabulary());
    json.put("tie_word_embeddings", true);
    withoutDropout(json, "attn_pdrop", "embd_pdrop", "resid_pdrop");
    return Families.read(ConfigJson.of(json, PLACE));
  }

  /// A BERT whose pooled first position goes through one linear layer, as reference libraries'
  /// sequence classifiers do.
  ///
  /// @param dimensions the sizes
  /// @param heads number of heads; must divide the width
  /// @param outputs rows of the linear layer; 1 for the regression of a number, 0 for no layer
  /// @throws ConfigException if the heads cannot share the width
  public static ModelConfig bert(Dimensions dimensions, int heads, int outputs) {
    var json = new LinkedHashMap<String, Object>();
    json.put("architectures", List.of(outputs > 0 ? "BertForSequenceClassification" : "BertModel"));
    json.put("model_type", "bert");
    json.put("hidden_act", "gelu");
    json.put("layer_norm_eps", 1e-12);
    json.put("max_position_embeddings", dimensions.context());
    json.put("hidden_size", dimensions.dModel());
    json.put("num_hidden_layers", dimensions.layers());
    json.put("num_attention_heads", heads);
    json.put("intermediate_size", dimensions.dMlp());
    json.put("vocab_size", dimensions.vocabulary());
    json.put("type_vocab_size", 2);
    if (outputs > 0) {
      var labels = new LinkedHashMap<String, String>();
      for (int i = 0; i < outputs; i++) {
        labels.put(Integer.toString(i), "LABEL_" + i);
      }
      json.put("id2label", labels);
      json.put("problem_type", outputs == 1 ? "regression" : "single_label_classification");
    }
    withoutDropout(json, "attention_probs_dropout_prob", "hidden_dropout_prob");
    return Families.read(ConfigJson.of(json, PLACE));
  }

  private static void withoutDropout(Map<String, Object> json, String... keys) {
    for (var key : keys) {
      json.put(key, 0.0);
    }
    json.put("dtype", "float32");
    json.put("use_cache", true);
  }
}
