package io.lexiscope.model.gradient;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.matrix.BlockMatrix;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.GradientTape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A pass forwards to a scalar and a pass backwards from it.
///
/// ```java
/// try (Backward backward =
///     Backward.of(model, tokens, Loss.NextToken.last(paris), Taps.atMatrices(model.architecture()))) {
///   MatrixGradient out = backward.at(MatrixKind.W_OUT.at(3)); // x [1, pos, d_mlp], δ [1, pos, d_model]
/// }
/// ```
///
/// The products of both directions go through the kernels where those are in use, see
/// [GradientTape]; weights are neither copied nor marked, and no gradient of a weight is formed.
public final class Backward implements AutoCloseable {
  private final Transformer transformer;
  private final Taps taps;
  private final GradientTape tape;
  private final Map<HookName, Tensor> leaves = new LinkedHashMap<>();
  private final double loss;

  private Backward(Transformer transformer, Taps taps, GradientTape tape, Passes passes) {
    this.transformer = transformer;
    this.taps = taps;
    this.tape = tape;
    this.loss = transformer.using(() -> TensorScope.tidy(() -> run(passes)));
  }

  /// What is run, and the scalar of the last stream.
  private record Passes(
      TokenBatch batch,
      Map<HookName, List<UnaryOperator<Tensor>>> changes,
      UnaryOperator<Tensor> scalar) {}

  /// From a loss of one prompt, with what is in force in the model.
  ///
  /// @param prompt at least one token; the loss may add some
  /// @throws GradientException if the loss does not fit the prompt, or there is no such place
  /// @throws io.lexiscope.model.forward.ForwardException as [Transformer#forward]
  /// @throws io.lexiscope.model.config.ConfigException if there is no such matrix
  @MustBeClosed
  public static Backward of(LanguageModel model, TokenIds prompt, Loss loss, Taps taps) {
    TokenIds tokens = loss.tokens(prompt);
    List<Integer> positions = loss.positions(tokens.size());
    Transformer transformer = model.onDevice();
    return of(
        model,
        TokenBatch.of(tokens),
        taps,
        last -> {
          long[] rows = positions.stream().mapToLong(Integer::longValue).toArray();
          Tensor read = last.indexSelect(1, Tensors.ofLongs(rows).to(last.device()));
          Tensor logits = transformer.logits(read).squeeze(0);
          return loss.of(logits.to(DType.FLOAT32).to(Device.CPU), tokens);
        });
  }

  /// From any scalar of the last stream of a batch, with what is in force in the model.
  ///
  /// @param scalar from the last residual stream after the final norm, [batch, pos, d_model], in
  ///   the type and on the device of passes, to a scalar
  /// @throws GradientException if there is no such place; otherwise as above
  @MustBeClosed
  public static Backward of(
      LanguageModel model, TokenBatch batch, Taps taps, UnaryOperator<Tensor> scalar) {
    return of(
        model.onDevice(),
        new Passes(batch, model.interventions().changes(/* past= */ 0, batch.length()), scalar),
        taps);
  }

  /// From any scalar of the last stream of a batch through a network of which some weights may be
  /// marked by [Tensor#requireGrad]: those get gradients of their own, see [#gradient(Tensor)].
  ///
  /// @throws GradientException as above
  @MustBeClosed
  public static Backward of(
      Transformer transformer, TokenBatch batch, Taps taps, UnaryOperator<Tensor> scalar) {
    return of(transformer, new Passes(batch, Map.of(), scalar), taps);
  }

  @MustBeClosed
  @SuppressWarnings("MustBeClosedChecker") // the tape is closed by close()
  private static Backward of(Transformer transformer, Passes passes, Taps taps) {
    taps.requireIn(transformer.architecture());
    ModelWeights<Tensor> weights = transformer.weights();
    List<Tensor> watched = new ArrayList<>();
    for (MatrixName name : taps.matrices()) {
      watched.add(weights.matrix(name, transformer.architecture()).linear().weight());
    }
    GradientTape tape = GradientTape.open(watched);
    try {
      return new Backward(transformer, taps, tape, passes);
    } catch (RuntimeException failed) {
      tape.close();
      throw failed;
    }
  }

  private double run(Passes passes) {
    Map<HookName, List<UnaryOperator<Tensor>>> changes = new LinkedHashMap<>(passes.changes());
    for (HookName place : taps.places()) {
      List<UnaryOperator<Tensor>> here = new ArrayList<>(changes.getOrDefault(place, List.of()));
      here.add(
          value -> {
            Tensor leaf = tape.watch(value);
            leaves.put(place, leaf);
            return leaf;
          });
      changes.put(place, here);
    }
    ActiveHooks hooks = new ActiveHooks(Recording.nothing(), changes);
    Tensor scalar =
        tape.record(
            () ->
                passes
                    .scalar()
                    .apply(transformer.forward(passes.batch(), hooks, /* cache= */ null)));
    tape.backward(scalar);
    return scalar.detach().to(DType.FLOAT32).item();
  }

  /// The loss, or whatever scalar was given.
  public double loss() {
    return loss;
  }

  /// Where gradients were taken.
  public Taps taps() {
    return taps;
  }

  /// What entered a tapped matrix and what came back, on the CPU, in the innermost scope.
  ///
  /// @throws GradientException if it was not tapped
  public MatrixGradient at(MatrixName name) {
    if (!taps.matrices().contains(name)) {
      throw new GradientException(
          "gradient: expected one of the tapped matrices %s, got %s; ask for it in the taps"
              .formatted(taps.matrices(), name));
    }
    return TensorScope.tidy(
        () -> {
          BlockMatrix<Tensor> matrix =
              transformer.weights().matrix(name, transformer.architecture());
          GradientTape.Passed passed = tape.passed(matrix.linear().weight()).orElseThrow();
          return new MatrixGradient(
              onCpu(passed.x()), onCpu(matrix.outputs().of(tape.gradient(passed.y()))));
        });
  }

  /// The value at a tapped place, of the shape that its hook point's axes name, float32 on the CPU,
  /// in the innermost scope.
  ///
  /// @throws GradientException if it was not tapped
  public Tensor activation(HookName place) {
    return TensorScope.tidy(() -> onCpu(leaf(place).detach()));
  }

  /// The gradient of the loss with respect to that value, of its shape.
  ///
  /// @throws GradientException if it was not tapped
  public Tensor gradient(HookName place) {
    return TensorScope.tidy(() -> onCpu(tape.gradient(leaf(place))));
  }

  /// The gradient with respect to a marked weight, of its shape, in the innermost scope.
  public Tensor gradient(Tensor marked) {
    return tape.gradient(marked);
  }

  private Tensor leaf(HookName place) {
    Tensor leaf = leaves.get(place);
    if (leaf == null) {
      throw new GradientException(
          "gradient: expected one of the tapped places %s, got %s; ask for it in the taps"
              .formatted(taps.places(), place));
    }
    return leaf;
  }

  private static Tensor onCpu(Tensor value) {
    return value.to(DType.FLOAT32).to(Device.CPU);
  }

  /// Frees what the passes kept.
  @Override
  public void close() {
    tape.close();
  }
}
