package io.lexiscope.analysis.attribution;

import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import java.util.Optional;

/// Something that adds to the residual stream, or to the logits after it.
public sealed interface Component {

  /// The token embedding.
  record TokenEmbedding() implements Component {}

  /// The learned position embedding.
  record PositionEmbedding() implements Component {}

  /// What the embedding adds beside the two: the vector of the token type, and the bias of a norm
  /// of their sum.
  record EmbeddingBias() implements Component {}

  /// One head through W_O.
  ///
  /// @param layer from 0
  /// @param index from 0
  record Head(int layer, int index) implements Component {}

  /// What attention adds beside its heads: the bias of W_O, and that of a norm after it.
  ///
  /// @param layer from 0
  record AttentionBias(int layer) implements Component {}

  /// A whole MLP.
  ///
  /// @param layer from 0
  record Mlp(int layer) implements Component {}

  /// One neuron: its coefficient times its value vector.
  ///
  /// @param layer from 0
  /// @param index from 0
  record Neuron(int layer, int index) implements Component {}

  /// An MLP without the neurons that are listed by themselves: the other neurons and the biases.
  ///
  /// @param layer from 0
  /// @param neurons how many neurons it stands for
  record MlpRest(int layer, int neurons) implements Component {}

  /// What an intervention changed beside the components: the value at the place minus what they
  /// make it.
  ///
  /// @param at where
  record Change(HookName at) implements Component {}

  /// The bias of the final norm.
  record FinalNormBias() implements Component {}

  /// The bias of the unembedding.
  record UnembeddingBias() implements Component {}

  /// The hook point that holds its output; empty for biases and for what stands for several.
  default Optional<HookName> place() {
    return switch (this) {
      case TokenEmbedding _ -> Optional.of(HookPoint.EMBED.once());
      case PositionEmbedding _ -> Optional.of(HookPoint.POS_EMBED.once());
      case Head head -> Optional.of(HookPoint.RESULT.at(head.layer()));
      case Mlp mlp -> Optional.of(HookPoint.MLP_OUT.at(mlp.layer()));
      case Neuron neuron -> Optional.of(HookPoint.MLP_POST.at(neuron.layer()));
      case Change change -> Optional.of(change.at());
      case EmbeddingBias _, AttentionBias _, MlpRest _, FinalNormBias _, UnembeddingBias _ ->
          Optional.empty();
    };
  }

  /// A short name, such as `L3H4`.
  default String label() {
    return switch (this) {
      case TokenEmbedding _ -> "token embedding";
      case PositionEmbedding _ -> "position embedding";
      case EmbeddingBias _ -> "embedding bias";
      case Head head -> new HeadName(head.layer(), head.index()).toString();
      case AttentionBias bias -> "attention bias " + bias.layer();
      case Mlp mlp -> "MLP " + mlp.layer();
      case Neuron neuron -> new NeuronName(neuron.layer(), neuron.index()).toString();
      case MlpRest rest -> "rest of MLP " + rest.layer();
      case Change change -> "intervention at " + change.at();
      case FinalNormBias _ -> "final norm bias";
      case UnembeddingBias _ -> "unembedding bias";
    };
  }
}
