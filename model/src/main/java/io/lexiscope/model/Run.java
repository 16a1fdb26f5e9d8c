package io.lexiscope.model;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.hook.Activations;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import java.util.Set;
import java.util.stream.Stream;

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
      Values values = scope.call(() -> TensorScope.tidy(() -> values(hooks)));
      this.last = values.last();
      this.activations = values.activations();
    } catch (RuntimeException failed) {
      scope.close();
      throw failed;
    }
  }

  /// What a run keeps.
  private record Values(Tensor last, Activations activations) implements TensorHolder {
    @Override
    public Stream<Tensor> tensors() {
      return Stream.concat(Stream.of(last), activations.tensors());
    }
  }

  private Values values(ActiveHooks hooks) {
    Tensor stream = model.onDevice().forward(TokenBatch.of(tokens), hooks, /* cache= */ null);
    return new Values(stream.to(DType.FLOAT32).to(Device.CPU), hooks.activations().asFloats());
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

  /// The value at a place, in float32 on the CPU whatever was computed in, of the shape that
  /// [io.lexiscope.model.hook.HookPoint#axes] names, batch 1; owned by this run.
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

  /// The last residual stream after the final norm, [1, pos, d_model], float32; owned by this run.
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
