package io.lexiscope.model.family;

/// How the matrix of a linear map `y = W x` is stored.
public enum LinearLayout {
  /// One row for each output: [out, in], as PyTorch's `Linear`.
  OUT_IN,
  /// One row for each input: [in, out], as GPT-2's `Conv1D`.
  IN_OUT
}
