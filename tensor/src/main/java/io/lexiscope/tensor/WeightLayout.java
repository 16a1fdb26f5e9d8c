package io.lexiscope.tensor;

/// How a checkpoint stores the matrix of a linear map.
public enum WeightLayout {
  /// Rows are outputs: `[out, in]`, as in `torch.nn.Linear`.
  OUT_IN,
  /// Rows are inputs: `[in, out]`, as in GPT-2's `Conv1D`.
  IN_OUT
}
