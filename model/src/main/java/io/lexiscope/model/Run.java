package io.lexiscope.model;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.hook.Activations;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.intervene.ActivationRows;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.Position;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// One prompt that went through a model, and what was recorded on the way. Closed by its owner,
/// with the model at the latest; a row of a [RunBatch] ends with the batch.
///
/// Whatever it hands out as a tensor of its own lives until then, so that it can be read without
/// any scope.
public final class Run implements OpenRun {
  private final LanguageModel model;
  private final TokenIds tokens;
  private final TensorScope scope;
  private final boolean ownsScope;
  private final Activations activations;
  private final Tensor last;

  /// A run that owns what it kept.
  Run(LanguageModel model, TokenIds tokens, Outcome outcome) {
    this(model, tokens, outcome, /* ownsScope= */ true);
  }

  private Run(LanguageModel model, TokenIds tokens, Outcome outcome, boolean ownsScope) {
    this.model = model;
    this.tokens = tokens;
    this.scope = outcome.scope();
    this.ownsScope = ownsScope;
    this.activations = outcome.activations();
    this.last = outcome.last();
  }

  /// A row of a batch, which owns what was kept.
  static Run row(LanguageModel model, TokenIds tokens, Outcome outcome) {
    return new Run(model, tokens, outcome, /* ownsScope= */ false);
  }

  /// The model that ran, with what was in force in this run.
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
  /// [io.lexiscope.model.place.HookPoint#axes] names, batch 1, its position axis as long as
  /// [#positions]; owned by this run.
  ///
  /// @throws HookException if it was not recorded
  public Tensor activation(HookName name) {
    return activations.get(name);
  }

  /// The value at a place at one position, of the shape that
  /// [io.lexiscope.model.place.HookPoint#axes] names without batch and position: \[d_model\],
  /// [head, d_head], [head, key_pos]; owned by this run.
  ///
  /// @param position from 0, or negative from the end
  /// @throws HookException if there is no such position, or it was not recorded there
  public Tensor activation(HookName name, int position) {
    int resolved = resolve(position);
    return scope.call(() -> activations.get(name, /* row= */ 0, resolved));
  }

  /// The values at a place at some positions, of the shape that
  /// [io.lexiscope.model.place.HookPoint#axes] names without batch, its position axis in the order
  /// asked for; a copy in the innermost scope.
  ///
  /// @param asked from 0, or negative from the end
  /// @throws HookException if there is no such position, or it was not recorded there
  public Tensor activation(HookName name, List<Integer> asked) {
    return activations.get(name, /* row= */ 0, asked.stream().map(this::resolve).toList());
  }

  /// The positions at which a place was recorded, from 0 in rising order: all, unless the recording
  /// chose some.
  ///
  /// @throws HookException if the place was not recorded
  public List<Integer> positions(HookName name) {
    return activations.positions(name, /* row= */ 0);
  }

  private int resolve(int position) {
    int resolved = Position.from0(position, length());
    if (resolved < 0 || resolved >= length()) {
      throw new HookException(
          "run: expected a position from %d to %d, got %d"
              .formatted(-length(), length() - 1, position));
    }
    return resolved;
  }

  /// What this run had at a place, as plain numbers to set another run to
  /// ([io.lexiscope.model.intervene.Change.SetRows]).
  ///
  /// @throws HookException if the place was not recorded
  public ActivationRows rows(HookName name) {
    return ActivationRows.of(name, activation(name), positions(name));
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

  /// What the run says at one position.
  ///
  /// @param position from 0, or negative from the end
  /// @throws HookException if there is no such position
  /// @throws io.lexiscope.model.forward.ForwardException if the model has no language head
  public Logits logits(int position) {
    int resolved = resolve(position);
    float[][] values = new float[1][];
    TensorScope.tidyRun(
        () -> values[0] = model.transformer().logits(last.narrow(1, resolved, 1)).toFloats());
    return new Logits(values[0]);
  }

  /// Logits at every position, [pos, vocabulary], made anew at each call and owned by this run.
  /// Large: readings go block by block instead.
  public Tensor logits() {
    return scope.call(() -> TensorScope.tidy(() -> model.transformer().logits(last).squeeze(0)));
  }

  /// This run for one more reader: the same numbers, and a scope of its own for what the reader is
  /// handed out. Must be closed before this run is.
  ///
  /// @param reader the model that ran or a view of it with the same in force
  /// @throws ModelException if it is another model, or has other edits or interventions
  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // the scope is closed by the run that gets it
  public Run lend(LanguageModel reader) {
    if (reader.checkpoint() != model.checkpoint()
        || !reader.patchHashes().equals(model.patchHashes())
        || !reader.interventions().inForce().equals(model.interventions().inForce())) {
      throw new ModelException(
          "lend: expected a view of the model in %s with the same in force, got one of %s; run the prompt with it"
              .formatted(model.folder(), reader.folder()));
    }
    Run lent = new Run(reader, tokens, new Outcome(TensorScope.open(), activations, last));
    reader.remember(lent);
    return lent;
  }

  /// Bytes of native memory that it keeps, values that places share counted once.
  public long bytes() {
    Set<Tensor> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    activations.tensors().forEach(kept::add);
    kept.add(last);
    return kept.stream().mapToLong(value -> value.shape().elements() * value.dtype().bytes()).sum();
  }

  @Override
  public void close() {
    if (ownsScope) {
      scope.close();
      model.forget(this);
    }
  }
}
