package io.lexiscope.workbench.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a result comes from, complete enough to take it again.
///
/// @param model id of the model
/// @param weightHash SHA-256 of the weights, hexadecimal
/// @param configHash SHA-256 of the configuration, hexadecimal
/// @param tokenizerHash SHA-256 of the tokenizer's files, hexadecimal; absent when the model has
///   none
/// @param dtype element type computed in
/// @param device device computed on
/// @param kernels `on` when products of inference could go through the kernels in Java, `off` when
///   everything was left to libtorch (`--kernels off`)
/// @param arithmetic `weights-exact` for a model in GGUF: the numbers of its weights are exactly
///   those that its file stands for, and everything is computed in `dtype` from them, where engines
///   that run such files round activations too; absent for other models
/// @param seed seed of everything random in this result; absent when nothing was
/// @param patches what each patch laid over the weights does, as a hash, in order; absent when the
///   weights are as their files are
/// @param interventions those in force, in order; absent when the model is as it was opened
/// @param notes what of the model's files these numbers do not use, in sentences; absent when all
///   of them is used
/// @param codeVersion version of Lexiscope
/// @param jvm version of the Java runtime
public record Provenance(
    String model,
    String weightHash,
    String configHash,
    @Nullable String tokenizerHash,
    String dtype,
    String device,
    String kernels,
    @Nullable String arithmetic,
    @Nullable Long seed,
    @Nullable List<String> patches,
    @Nullable List<InterventionSpec> interventions,
    @Nullable List<String> notes,
    String codeVersion,
    String jvm) {
  /// Copies the lists.
  public Provenance {
    patches = patches == null ? null : List.copyOf(patches);
    interventions = interventions == null ? null : List.copyOf(interventions);
    notes = notes == null ? null : List.copyOf(notes);
  }
}
