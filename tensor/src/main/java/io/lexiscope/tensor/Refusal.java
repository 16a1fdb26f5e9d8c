package io.lexiscope.tensor;

import io.lexiscope.base.OneLine;

/// What is said when libtorch refuses an operation.
final class Refusal {
  private Refusal() {}

  /// The refusal with the operands' shapes; one of ours stays as it is.
  static TensorException describe(String operation, TensorException refused, Tensor... operands) {
    if (refused.getCause() == null) {
      return refused;
    }
    StringBuilder text = new StringBuilder(operation).append(": expected operands that fit, got");
    for (Tensor operand : operands) {
      text.append(' ').append(operand);
    }
    return new TensorException(text + "; " + OneLine.of(refused.getCause()), refused.getCause());
  }
}
