package io.lexiscope.model.forward;

import io.lexiscope.model.config.Activation;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.matrix.Linear;
import io.lexiscope.model.matrix.MlpWeights;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.Epilogue;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.option.NonLinearity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Feed-forward part of one block: keys, a non-linearity, values.
final class MlpLayer {
  private final int layer;
  private final Mlp kind;
  private final MlpWeights<Tensor> weights;

  MlpLayer(int layer, Mlp kind, MlpWeights<Tensor> weights) {
    this.layer = layer;
    this.kind = kind;
    this.weights = weights;
  }

  /// @param x normalised stream, [batch, pos, d_model]
  /// @param stream what the output is added to, or null
  /// @return output of the module, [batch, pos, d_model], before any norm of it; or its sum with
  ///   the stream
  Tensor forward(Tensor x, @Nullable Tensor stream, ActiveHooks hooks) {
    Tensor post =
        switch (weights.in()) {
          case MlpWeights.Plain<Tensor> plain -> activated(plain.up(), x, hooks);
          case MlpWeights.Gated<Tensor> gated when unasked(hooks) ->
              Linears.gated(gated.gate(), fusable(), gated.up(), x);
          case MlpWeights.Gated<Tensor> gated -> {
            Tensor gate = activated(gated.gate(), x, hooks);
            Tensor up = Linears.apply(gated.up(), x);
            yield gate.mul(hooks.at(HookPoint.MLP_PRE_LINEAR, layer, up));
          }
          case MlpWeights.FusedGate<Tensor> fused -> {
            Tensor both = Linears.apply(fused.gateUp(), x);
            long half = both.size(-1) / 2;
            yield gate(both.narrow(-1, 0, half), both.narrow(-1, half, half), hooks);
          }
        };
    return Linears.onto(stream, weights.out(), hooks.at(HookPoint.MLP_POST, layer, post));
  }

  /// Whether a gated module can be done in one: nobody asks for what is inside.
  private boolean unasked(ActiveHooks hooks) {
    return function(kind.activation()) != null
        && !hooks.wants(HookPoint.MLP_PRE, layer)
        && !hooks.wants(HookPoint.MLP_PRE_LINEAR, layer);
  }

  private NonLinearity fusable() {
    return Objects.requireNonNull(function(kind.activation()), "asked before");
  }

  /// The non-linearity of a map; in one with it where nobody asks for what is between them.
  private Tensor activated(Linear<Tensor> linear, Tensor x, ActiveHooks hooks) {
    NonLinearity function = function(kind.activation());
    if (function != null && !hooks.wants(HookPoint.MLP_PRE, layer)) {
      return Linears.apply(linear, x, new Epilogue.Activation(function));
    }
    return activate(
        kind.activation(), hooks.at(HookPoint.MLP_PRE, layer, Linears.apply(linear, x)));
  }

  /// The non-linearity as one that can go with a product, or null.
  private static @Nullable NonLinearity function(Activation activation) {
    return switch (activation) {
      case GELU_TANH -> NonLinearity.GELU_TANH;
      case QUICK_GELU -> NonLinearity.QUICK_GELU;
      case SILU -> NonLinearity.SILU;
      case RELU -> NonLinearity.RELU;
      case GELU_ERF, RELU_SQUARED, TANH -> null;
    };
  }

  private Tensor gate(Tensor gate, Tensor up, ActiveHooks hooks) {
    Tensor pre = hooks.at(HookPoint.MLP_PRE, layer, gate);
    Tensor linear = hooks.at(HookPoint.MLP_PRE_LINEAR, layer, up);
    return activate(kind.activation(), pre).mul(linear);
  }

  /// The non-linearity of `x`, element by element.
  static Tensor activate(Activation activation, Tensor x) {
    return switch (activation) {
      case GELU_ERF -> Nn.gelu(x);
      case GELU_TANH -> Nn.geluTanh(x);
      case QUICK_GELU -> Nn.apply(NonLinearity.QUICK_GELU, x);
      case SILU -> Nn.silu(x);
      case RELU -> Nn.relu(x);
      case RELU_SQUARED -> Nn.relu(x).pow(2);
      case TANH -> x.tanh();
    };
  }
}
