package io.lexiscope.model;

import io.lexiscope.model.forward.PassStart;
import io.lexiscope.model.hook.Activations;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Device;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorHolder;
import io.lexiscope.tensor.TensorScope;
import java.util.stream.Stream;

/// What a pass left, and the scope that owns it.
///
/// @param activations what was recorded, in float32 on the CPU
/// @param last the last residual stream after the final norm, [batch, pos, d_model], likewise
record Outcome(TensorScope scope, Activations activations, Tensor last) implements TensorHolder {

  /// Runs a pass into a scope of its own.
  @SuppressWarnings("MustBeClosedChecker") // closed by the run that gets it
  static Outcome of(LanguageModel model, PassStart start, ActiveHooks hooks) {
    TensorScope scope = TensorScope.open();
    try {
      return scope.call(
          () ->
              TensorScope.tidy(
                  () -> {
                    Tensor stream = model.onDevice().forward(start, hooks, /* cache= */ null);
                    return new Outcome(
                        scope,
                        hooks.activations().asFloats(),
                        stream.to(DType.FLOAT32).to(Device.CPU));
                  }));
    } catch (RuntimeException failed) {
      scope.close();
      throw failed;
    }
  }

  /// One row of a batch, without its padding; views in the same scope.
  Outcome row(int row, int length) {
    return scope.call(
        () ->
            new Outcome(
                scope, activations.row(row, length), last.narrow(0, row, 1).narrow(1, 0, length)));
  }

  @Override
  public Stream<Tensor> tensors() {
    return Stream.concat(Stream.of(last), activations.tensors());
  }
}
