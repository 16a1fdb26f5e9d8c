package io.lexiscope.model.forward;

import io.lexiscope.model.config.Activation;
import io.lexiscope.model.config.Mlp;
import io.lexiscope.model.family.MlpWeights;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.HookPoint;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Tensor;

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
  /// @return output of the module, [batch, pos, d_model], before any norm of it
  Tensor forward(Tensor x, ActiveHooks hooks) {
    Tensor post =
        switch (weights.in()) {
          case MlpWeights.Plain<Tensor> plain ->
              activate(
                  kind.activation(),
                  hooks.at(HookPoint.MLP_PRE, layer, Linears.apply(plain.up(), x)));
          case MlpWeights.Gated<Tensor> gated ->
              gate(Linears.apply(gated.gate(), x), Linears.apply(gated.up(), x), hooks);
          case MlpWeights.FusedGate<Tensor> fused -> {
            Tensor both = Linears.apply(fused.gateUp(), x);
            long half = both.size(-1) / 2;
            yield gate(both.narrow(-1, 0, half), both.narrow(-1, half, half), hooks);
          }
        };
    return Linears.apply(weights.out(), hooks.at(HookPoint.MLP_POST, layer, post));
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
      case QUICK_GELU -> x.mul(Nn.sigmoid(x.mul(1.702)));
      case SILU -> Nn.silu(x);
      case RELU -> Nn.relu(x);
      case RELU_SQUARED -> Nn.relu(x).pow(2);
      case TANH -> x.tanh();
    };
  }
}
