package io.lexiscope.tensor;

/// A tensor operation that cannot be carried out: wrong shapes, a freed tensor, no open scope, or a
/// refusal of the native library. The message says what was expected and what was found.
public final class TensorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TensorException(String message) {
    super(message);
  }

  public TensorException(String message, Throwable cause) {
    super(message, cause);
  }
}
