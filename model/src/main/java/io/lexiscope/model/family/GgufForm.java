package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.Embedding;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.config.Norm;
import io.lexiscope.model.config.Output;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.QkNorm;
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.model.config.RotaryScaling;
import io.lexiscope.model.family.WeightNames.AttentionNames;
import io.lexiscope.model.family.WeightNames.BlockNames;
import io.lexiscope.model.family.WeightNames.EmbeddingNames;
import io.lexiscope.model.family.WeightNames.EncoderNames;
import io.lexiscope.model.family.WeightNames.InNames;
import io.lexiscope.model.family.WeightNames.MlpNames;
import io.lexiscope.model.family.WeightNames.NormNames;
import io.lexiscope.model.family.WeightNames.OutputNames;
import io.lexiscope.model.family.WeightNames.QkvNames;
import io.lexiscope.model.matrix.FusedOrder;
import io.lexiscope.model.source.GgufSource;
import io.lexiscope.tensor.WeightLayout;
import java.util.List;

/// What a network looks like in a GGUF file: one set of names for all families, and the changes
/// that their converter makes to the weights, which are taken into the architecture so that weights
/// can stay as they lie in the file.
///
/// Of Llama's queries and keys the rows are stored so that neighbours turn together; Gemma's norms
/// have their 1 added; all matrices are stored output by input; which biases there are is for the
/// tensors to say; rotary scalings may come worked out as a list of divisors.
///
/// @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/convert_hf_to_gguf.py">the
///   converter</a>
final class GgufForm {
  private final Architecture plain;
  private final GgufSource source;

  private GgufForm(Architecture plain, GgufSource source) {
    this.plain = plain;
    this.source = source;
  }

  /// The configuration as a file holds it.
  static ModelConfig of(ModelConfig config, GgufSource source) {
    GgufForm form = new GgufForm(config.architecture(), source);
    Architecture architecture =
        new Architecture(
            form.plain.family(),
            form.plain.dimensions(),
            form.embedding(config.json().numbers("rope_freqs")),
            form.block(),
            form.output());
    return new ModelConfig(config.family(), architecture, config.json(), form.names());
  }

  private Embedding embedding(List<Double> divisors) {
    Embedding given = plain.embedding();
    Positions positions =
        switch (given.positions()) {
          case Positions.Rotary rotary ->
              new Positions.Rotary(
                  rotary.dimensions(),
                  plain.family().equals("llama") ? Positions.Layout.INTERLEAVED : rotary.layout(),
                  divided(rotary.global(), divisors),
                  divided(rotary.sliding(), divisors));
          case Positions.Learned learned -> learned;
          case Positions.None none -> none;
        };
    return new Embedding(given.width(), given.scale(), positions, given.norm());
  }

  private static RotaryFrequencies divided(RotaryFrequencies given, List<Double> divisors) {
    return divisors.isEmpty()
        ? given
        : new RotaryFrequencies(given.theta(), new RotaryScaling.Divided(divisors));
  }

  private Block block() {
    Block given = plain.block();
    Attention attention = given.attention();
    boolean qkvBias = has("attn_qkv.bias") || has("attn_q.bias");
    QkNorm qkNorm =
        switch (attention.qkNorm()) {
          case QkNorm.None none -> none;
          case QkNorm.PerHead(Norm norm) -> new QkNorm.PerHead(folded(norm));
          case QkNorm.WholeWidth(Norm norm) -> new QkNorm.WholeWidth(folded(norm));
        };
    Mlp mlp =
        switch (given.mlp()) {
          case Mlp.Plain module -> new Mlp.Plain(module.activation(), has("ffn_down.bias"));
          case Mlp.Gated module -> new Mlp.Gated(module.activation(), has("ffn_down.bias"));
        };
    return new Block(
        given.wiring(),
        folded(given.norm()),
        new Attention(
            attention.heads(),
            attention.scores(),
            attention.mask(),
            qkNorm,
            new Attention.Biases(qkvBias, has("attn_output.bias"))),
        mlp);
  }

  private Output output() {
    Norm norm = plain.output().norm();
    Head head =
        switch (plain.output().head()) {
          case Head.Language language ->
              new Head.Language(
                  !source.has("output.weight"), source.has("output.bias"), language.softCap());
          case Head.Encoder encoder -> encoder;
        };
    return new Output(norm == null ? null : folded(norm), head);
  }

  private static Norm folded(Norm norm) {
    return switch (norm) {
      case Norm.RmsNorm rms -> new Norm.RmsNorm(rms.epsilon(), /* unitOffset= */ false);
      case Norm.LayerNorm layer -> layer;
    };
  }

  private boolean has(String part) {
    return source.has("blk.0." + part);
  }

  private WeightNames names() {
    NormNames norms =
        switch (plain.block().wiring()) {
          case PARALLEL_ONE_NORM -> new NormNames("attn_norm", null, null, null);
          case PRE_NORM, PARALLEL_TWO_NORMS -> NormNames.of("attn_norm", "ffn_norm");
          case SANDWICH ->
              new NormNames("attn_norm", "ffn_norm", "post_attention_norm", "post_ffw_norm");
          case OUTPUT_NORM -> NormNames.of("post_attention_norm", "post_ffw_norm");
          case POST_NORM -> NormNames.of("attn_output_norm", "layer_output_norm");
        };
    QkvNames qkv =
        has("attn_qkv.weight")
            ? new QkvNames.Fused("attn_qkv", FusedOrder.BLOCKS)
            : new QkvNames.Separate("attn_q", "attn_k", "attn_v");
    InNames in =
        switch (plain.block().mlp()) {
          case Mlp.Plain _ -> new InNames.Plain("ffn_up");
          case Mlp.Gated _ when has("ffn_gate.weight") -> new InNames.Gated("ffn_gate", "ffn_up");
          case Mlp.Gated _ -> new InNames.FusedGate("ffn_up");
        };
    return new WeightNames(
        List.of(""),
        new EmbeddingNames("token_embd", "position_embd", "token_types", "token_embd_norm", null),
        new BlockNames(
            "blk.{l}.",
            norms,
            new AttentionNames(qkv, "attn_output", "attn_q_norm", "attn_k_norm"),
            new MlpNames(in, "ffn_down")),
        new OutputNames(
            "output_norm",
            null,
            List.of("output"),
            new EncoderNames("cls", "cls.output", "mlm.dense", "mlm.norm", "mlm")),
        WeightLayout.OUT_IN);
  }
}
