package io.lexiscope.workbench.neuron;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.ReadAgainst;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The card of one neuron.
///
/// @param header model, tokens of the prompt, provenance
/// @param name layer and number, such as `L3N812`, both from 0
/// @param layer from 0
/// @param neuron its number in the layer, from 0
/// @param norm length of its value vector as it reaches the residual stream
/// @param read what logits stand above, and which words are starred and left out
/// @param values words of the value vector for a coefficient of 1, one entry per lens
/// @param overlap shared by all of the top 30 words of the two lenses, 0 to 1; absent without a
///   final norm
/// @param keys what it listens for: one key, or gate and linear branch
/// @param keyConvention how a key is read in words
/// @param nullVectors how many random vectors the null bands are taken from
/// @param firing how often it fires, without any intervention; absent where there is no text to
///   read the model on, and for a gated neuron, which acts where its gate is shut, too
/// @param habit what it usually does, without any intervention; absent where there is no text
/// @param coefficients its coefficient at every position of the prompt, in order
/// @param triggers the prefixes of the corpus that excite it most, first the one that does most
/// @param sentences how many sentences of the corpus were looked at
/// @param milliseconds wall-clock time
public record NeuronResult(
    @JsonUnwrapped ResultHeader header,
    String name,
    int layer,
    int neuron,
    double norm,
    @JsonUnwrapped ReadAgainst read,
    List<NeuronValueView> values,
    @Nullable Double overlap,
    List<NeuronKeyView> keys,
    String keyConvention,
    int nullVectors,
    @Nullable FiringView firing,
    @Nullable HabitView habit,
    List<Double> coefficients,
    List<TriggerView> triggers,
    int sentences,
    double milliseconds)
    implements Result {
  /// Copies the lists.
  public NeuronResult {
    values = List.copyOf(values);
    keys = List.copyOf(keys);
    coefficients = List.copyOf(coefficients);
    triggers = List.copyOf(triggers);
  }

  @Override
  public String method() {
    return "Words beside key and value and texts on which the neuron is active; whether the model"
        + " needs it there is not tested.";
  }
}
