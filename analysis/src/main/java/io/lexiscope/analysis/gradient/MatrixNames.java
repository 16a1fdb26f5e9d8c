package io.lexiscope.analysis.gradient;

import io.lexiscope.model.matrix.MatrixKind;
import java.util.Arrays;
import java.util.Optional;

/// The short names of matrices in results: `W_Q`, `W_K`, `W_V`, `W_O`, `W_gate`, `W_in`, `W_out`.
public final class MatrixNames {
  private MatrixNames() {}

  /// The name of a kind.
  public static String of(MatrixKind kind) {
    String inBlock = kind.shortName();
    return inBlock.substring(inBlock.indexOf('.') + 1);
  }

  /// The kind of a name, in any case of letters.
  public static Optional<MatrixKind> kind(String name) {
    return Arrays.stream(MatrixKind.values())
        .filter(kind -> of(kind).equalsIgnoreCase(name))
        .findFirst();
  }
}
