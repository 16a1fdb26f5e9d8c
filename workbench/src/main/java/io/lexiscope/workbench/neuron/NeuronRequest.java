package io.lexiscope.workbench.neuron;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.workbench.ask.FileUse;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.ModelChoice;
import io.lexiscope.workbench.ask.NamesFile;
import io.lexiscope.workbench.ask.Prompt;
import io.lexiscope.workbench.ask.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks what one neuron listens for, what it writes, and where it fires.
///
/// @param choice the model
/// @param neuron such as `L3N812` (counted from 0) or a paper's `v4_813` (counted from 1)
/// @param prompt a prompt on which its coefficients are taken; none when empty
/// @param words how many words to list at each end, 20 when absent
/// @param nullVectors how many random vectors the null band is taken from, 100 when absent
/// @param data a text file or a file of JSON lines in which its trigger examples are looked for
/// @param triggers how many trigger examples to keep, 10 when absent
/// @param everyPrefix whether every prefix competes, rather than the best of each sentence
/// @param seed of everything random, 0 when absent
/// @param raw whether logits stand as products with the unembedding give them, the final norm's
///   gain left out too, and lists hold under-trained tokens
/// @param interventions changes to every forward pass
public record NeuronRequest(
    @JsonUnwrapped ModelChoice choice,
    String neuron,
    @JsonUnwrapped Prompt prompt,
    @Nullable Integer words,
    @Nullable Integer nullVectors,
    @NamesFile(FileUse.DATA) @Nullable String data,
    @Nullable Integer triggers,
    @Nullable Boolean everyPrefix,
    @Nullable Long seed,
    @Nullable Boolean raw,
    @Nullable List<InterventionSpec> interventions)
    implements Request<NeuronResult> {
  /// Copies the list.
  public NeuronRequest {
    interventions = interventions == null ? null : List.copyOf(interventions);
  }

  /// The card of a neuron on a prompt.
  public static NeuronRequest of(ModelChoice choice, String neuron, Prompt prompt) {
    return new NeuronRequest(
        choice, neuron, prompt, null, null, null, null, null, null, null, null);
  }
}
