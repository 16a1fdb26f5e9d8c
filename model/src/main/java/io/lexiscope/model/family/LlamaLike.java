package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Block;
import io.lexiscope.model.config.Dimensions;
import io.lexiscope.model.config.Embedding;
import io.lexiscope.model.config.Head;
import io.lexiscope.model.config.Output;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.family.WeightNames.AttentionNames;
import io.lexiscope.model.family.WeightNames.BlockNames;
import io.lexiscope.model.family.WeightNames.EmbeddingNames;
import io.lexiscope.model.family.WeightNames.InNames;
import io.lexiscope.model.family.WeightNames.MlpNames;
import io.lexiscope.model.family.WeightNames.NormNames;
import io.lexiscope.model.family.WeightNames.OutputNames;
import io.lexiscope.model.family.WeightNames.QkvNames;
import io.lexiscope.tensor.WeightLayout;
import java.util.List;

/// What the many families in Llama's shape have in common.
final class LlamaLike {
  static final NormNames NORMS = NormNames.of("input_layernorm", "post_attention_layernorm");
  static final AttentionNames ATTENTION =
      AttentionNames.of(
          new QkvNames.Separate("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
          "self_attn.o_proj");
  static final AttentionNames ATTENTION_WITH_QK_NORM =
      new AttentionNames(ATTENTION.qkv(), ATTENTION.out(), "self_attn.q_norm", "self_attn.k_norm");
  static final MlpNames MLP =
      new MlpNames(new InNames.Gated("mlp.gate_proj", "mlp.up_proj"), "mlp.down_proj");

  private LlamaLike() {}

  static WeightNames names(NormNames norms, AttentionNames attention, MlpNames mlp) {
    return new WeightNames(
        List.of("model.", ""),
        EmbeddingNames.of("embed_tokens"),
        new BlockNames("layers.{l}.", norms, attention, mlp),
        OutputNames.of("norm", "lm_head"),
        WeightLayout.OUT_IN);
  }

  static Architecture architecture(
      String family, Dimensions dimensions, Positions positions, Block block, boolean tied) {
    return new Architecture(
        family,
        dimensions,
        new Embedding(dimensions.dModel(), /* scale= */ 1, positions, /* norm= */ null),
        block,
        new Output(block.norm(), new Head.Language(tied, /* bias= */ false, new SoftCap.None())));
  }

  static Attention.Mask causal(int layers) {
    return Attention.Mask.global(/* causal= */ true, layers);
  }
}
