package io.lexiscope.workbench.models;

import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is.
///
/// @param model name of the model as it was asked for
/// @param family architecture family, such as `gpt2`
/// @param layers number of blocks
/// @param heads number of attention heads per layer
/// @param kvHeads number of key-value heads per layer
/// @param dModel width of the residual stream
/// @param dHead width of a head
/// @param dMlp number of neurons per layer
/// @param vocabulary number of tokens
/// @param context longest prompt, tokens
/// @param parameters number of parameters
/// @param tied whether the unembedding is the embedding
/// @param languageHead whether it predicts words; without, its vectors cannot be read as words
/// @param causal whether a position sees only itself and earlier ones, so that text can be
///   continued
/// @param dtype element type computed in
/// @param hookPoints every hook point of this model by its full name
/// @param catalogue the hook points by kind, for choosing one
/// @param golden a safetensors file of reference numbers beside the weights, for `parity`; absent
///   when there is none
/// @param chatTemplate the template by which it reads a chat, in Jinja; absent when it has none
/// @param weights every tensor of the file with the type it is stored in; absent where the file
///   does not mix types, as GGUF does
/// @param unusedWeights names of tensors in the weight file that the configuration has no place
///   for; absent when there are none
/// @param answers what it answers with
/// @param card what the `README.md` beside its weights says of it, Markdown; absent when there is
///   none
/// @param provenance where the result comes from
public record InfoResult(
    String model,
    String family,
    int layers,
    int heads,
    int kvHeads,
    int dModel,
    int dHead,
    int dMlp,
    int vocabulary,
    int context,
    long parameters,
    boolean tied,
    boolean languageHead,
    boolean causal,
    String dtype,
    List<String> hookPoints,
    List<HookPointView> catalogue,
    @Nullable String golden,
    @Nullable String chatTemplate,
    @Nullable List<StoredWeight> weights,
    @Nullable List<String> unusedWeights,
    AnswerKind answers,
    @Nullable String card,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public InfoResult {
    hookPoints = List.copyOf(hookPoints);
    catalogue = List.copyOf(catalogue);
    weights = weights == null ? null : List.copyOf(weights);
    unusedWeights = unusedWeights == null ? null : List.copyOf(unusedWeights);
  }

  @Override
  public String method() {
    return "The shape that configuration and weights have; how well the model does anything is not"
        + " measured.";
  }
}
