package io.lexiscope.workbench.edits;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.PatchFile;
import io.lexiscope.workbench.ask.Result;
import io.lexiscope.workbench.ask.ResultHeader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An edit.
///
/// @param header model, tokens, provenance of the model before it
/// @param target the tokens that should be said
/// @param editMethod how it was made
/// @param before what the model made of the prompt
/// @param after what it makes of it now
/// @param probes what was asked besides
/// @param candidates layers that were tried; absent when none was searched
/// @param patch the patches, as they are laid over a model
/// @param metrics `perplexityBefore`, `perplexityAfter` of the default text, `rank`, `norm`
/// @param blast how far it reaches; absent when not asked for
/// @param milliseconds wall-clock time
public record EditResult(
    @JsonUnwrapped ResultHeader header,
    List<TokenView> target,
    EditMethodName editMethod,
    EditState before,
    EditState after,
    List<EditProbe> probes,
    @Nullable List<EditCandidate> candidates,
    PatchFile patch,
    Map<String, Double> metrics,
    @Nullable BlastView blast,
    double milliseconds)
    implements Result {
  /// Copies the lists.
  public EditResult {
    target = List.copyOf(target);
    probes = List.copyOf(probes);
    candidates = candidates == null ? null : List.copyOf(candidates);
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  @Override
  public String method() {
    return "What the model says of this prompt and of those asked beside it; what else the edit"
        + " changed is told by perplexity and blast radius only.";
  }
}
