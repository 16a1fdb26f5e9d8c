package io.lexiscope.model.matrix;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.place.HookPoint;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One weight matrix of a model, such as `blocks.3.mlp.W_out`.
///
/// @param layer from 0
/// @param kind which of the layer's
public record MatrixName(int layer, MatrixKind kind) {
  private static final Pattern NAME = Pattern.compile("blocks\\.([0-9]{1,6})\\.(.+)");

  /// Checks the layer.
  ///
  /// @throws ConfigException if it is negative
  public MatrixName {
    if (layer < 0) {
      throw new ConfigException(
          "matrix: expected a layer of 0 or more, got %d for %s"
              .formatted(layer, kind.shortName()));
    }
  }

  /// Reads a name such as `blocks.3.mlp.W_out`.
  ///
  /// @throws ConfigException if there is no such kind of matrix; the message lists those there are
  public static MatrixName parse(String name) {
    Matcher matcher = NAME.matcher(name);
    return Arrays.stream(MatrixKind.values())
        .filter(kind -> matcher.matches() && kind.shortName().equals(matcher.group(2)))
        .findFirst()
        .map(kind -> kind.at(Integer.parseInt(matcher.group(1))))
        .orElseThrow(
            () ->
                new ConfigException(
                    "matrix: expected blocks.LAYER. and one of %s, got %s"
                        .formatted(
                            Arrays.stream(MatrixKind.values()).map(MatrixKind::shortName).toList(),
                            name)));
  }

  /// Every matrix of a network's blocks, in the order of the computation.
  public static List<MatrixName> all(Architecture architecture) {
    return IntStream.range(0, architecture.layers())
        .boxed()
        .flatMap(
            layer ->
                Arrays.stream(MatrixKind.values())
                    .filter(kind -> kind.existsIn(architecture))
                    .map(kind -> kind.at(layer)))
        .toList();
  }

  /// Throws unless a network has this matrix.
  ///
  /// @throws ConfigException naming what it has
  public void requireIn(Architecture architecture) {
    if (layer >= architecture.layers() || !kind.existsIn(architecture)) {
      throw new ConfigException(
          "matrix: expected one of layers 0 to %d of a model of family %s, got %s%s"
              .formatted(
                  architecture.layers() - 1,
                  architecture.family(),
                  this,
                  kind.existsIn(architecture) ? "" : ", which plain MLPs do not have"));
    }
  }

  @Override
  public String toString() {
    return HookPoint.inBlock(layer, kind.shortName());
  }
}
