package io.lexiscope.model;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.hook.Activations;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.Set;

/// One prompt that went through a model, and what was recorded on the way. Closed by its owner,
/// with the model at the latest.
public final class Run implements AutoCloseable {
  private final LanguageModel model;
  private final TokenIds tokens;
  private final TensorScope scope;
  private final Activations activations;
  private final Tensor last;

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  Run(LanguageModel model, TokenIds tokens, Recording recording) {
    this.model = model;
    this.tokens = tokens;
    this.scope = TensorScope.open();
    ActiveHooks hooks =
        new ActiveHooks(
            recording,
            model.interventions().changes(/* past= */ 0, /* promptLength= */ tokens.size()));
    try {
      this.last =
          scope.call(
              () -> model.transformer().forward(TokenBatch.of(tokens), hooks, /* cache= */ null));
    } catch (RuntimeException failed) {
      scope.close();
      throw failed;
    }
    this.activations = hooks.activations();
  }

  /// The model that ran.
  public LanguageModel model() {
    return model;
  }

  /// What ran.
  public TokenIds tokens() {
    return tokens;
  }

  /// Number of positions.
  public int length() {
    return tokens.size();
  }

  /// The value at a place, of the shape that [io.lexiscope.model.hook.HookPoint#axes] names, batch
  /// 1; owned by this run.
  ///
  /// @throws io.lexiscope.model.hook.HookException if it was not recorded
  public Tensor activation(HookName name) {
    return activations.get(name);
  }

  /// Whether a place was recorded.
  public boolean has(HookName name) {
    return activations.has(name);
  }

  /// The recorded places, in the order of the forward pass.
  public Set<HookName> recorded() {
    return activations.names();
  }

  /// The last residual stream after the final norm, [1, pos, d_model]; owned by this run.
  public Tensor last() {
    return last;
  }

  /// Logits at one position, [vocabulary], in the innermost scope.
  ///
  /// @param position from 0, or negative from the end
  public Tensor logits(int position) {
    return TensorScope.tidy(
        () -> model.transformer().logits(last.select(1, position).unsqueeze(1)).reshape(-1));
  }

  /// Logits at every position, [pos, vocabulary], in the innermost scope. Large: readings go block
  /// by block instead.
  public Tensor logits() {
    return TensorScope.tidy(() -> model.transformer().logits(last).squeeze(0));
  }

  @Override
  public void close() {
    scope.close();
    model.forget(this);
  }
}
