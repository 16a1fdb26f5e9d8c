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
import io.lexiscope.model.config.Wiring;
import io.lexiscope.model.family.WeightNames.AttentionNames;
import io.lexiscope.model.family.WeightNames.BlockNames;
import io.lexiscope.model.family.WeightNames.EmbeddingNames;
import io.lexiscope.model.family.WeightNames.EncoderNames;
import io.lexiscope.model.family.WeightNames.InNames;
import io.lexiscope.model.family.WeightNames.MlpNames;
import io.lexiscope.model.family.WeightNames.NormNames;
import io.lexiscope.model.family.WeightNames.OutputNames;
import io.lexiscope.model.family.WeightNames.QkvNames;
import io.lexiscope.tensor.WeightLayout;
import java.util.List;

/// BERT: sees in both directions, norms after the sublayers and after the embedding, no final norm.
final class Bert implements Family {
  @Override
  public String name() {
    return "bert";
  }

  @Override
  public Architecture read(ConfigJson json) {
    Keys.refuse(json.flagOr(false, "add_cross_attention"), json, "add_cross_attention");
    Keys.refuse(
        !json.textOr("absolute", "position_embedding_type").equals("absolute"),
        json,
        "position_embedding_type but absolute");
    var dimensions = Keys.dimensions(json, /* context= */ 512);
    var heads = Keys.evenHeads(json, dimensions.dModel(), "num_attention_heads");
    var norm = new Norm.LayerNorm(json.numberOr(1e-12, "layer_norm_eps"));
    return new Architecture(
        name(),
        dimensions,
        new Embedding(
            dimensions.dModel(),
            /* scale= */ 1,
            new Positions.Learned(/* offset= */ 0, json.integerOr(2, "type_vocab_size")),
            norm),
        new Block(
            Wiring.POST_NORM,
            norm,
            new Attention(
                heads,
                Keys.plainScores(heads),
                Attention.Mask.global(json.flagOr(false, "is_decoder"), dimensions.layers()),
                new QkNorm.None(),
                new Attention.Biases(/* qkv= */ true, /* out= */ true)),
            new Mlp.Plain(Keys.activation(json, "gelu", "hidden_act"), /* bias= */ true)),
        new Output(/* norm= */ null, head(json)));
  }

  private static Head.Encoder head(ConfigJson json) {
    var classes = json.texts("architectures");
    boolean classifies = classes.stream().anyMatch(c -> c.endsWith("ForSequenceClassification"));
    boolean masked =
        classes.stream().anyMatch(c -> c.endsWith("ForMaskedLM") || c.endsWith("ForPreTraining"));
    return new Head.Encoder(
        classes.stream().noneMatch(c -> c.endsWith("ForMaskedLM")),
        classifies ? json.size("id2label").orElse(json.integerOr(2, "num_labels")) : 0,
        masked
            ? json.flagOr(true, "tie_word_embeddings") ? Head.Masked.TIED : Head.Masked.UNTIED
            : Head.Masked.NONE);
  }

  @Override
  public WeightNames names() {
    return new WeightNames(
        List.of("bert.", ""),
        new EmbeddingNames(
            "embeddings.word_embeddings",
            "embeddings.position_embeddings",
            "embeddings.token_type_embeddings",
            "embeddings.LayerNorm",
            null),
        new BlockNames(
            "encoder.layer.{l}.",
            NormNames.of("attention.output.LayerNorm", "output.LayerNorm"),
            AttentionNames.of(
                new QkvNames.Separate(
                    "attention.self.query", "attention.self.key", "attention.self.value"),
                "attention.output.dense"),
            new MlpNames(new InNames.Plain("intermediate.dense"), "output.dense")),
        new OutputNames(
            null,
            null,
            List.of("cls.predictions.decoder"),
            new EncoderNames(
                "pooler.dense",
                "classifier",
                "cls.predictions.transform.dense",
                "cls.predictions.transform.LayerNorm",
                "cls.predictions")),
        WeightLayout.OUT_IN);
  }
}
