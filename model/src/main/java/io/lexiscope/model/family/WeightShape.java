package io.lexiscope.model.family;

import java.util.List;
import java.util.stream.Collectors;

/// The shape of a weight with the names of its axes.
///
/// @param axes outermost first
public record WeightShape(List<Axis> axes) {

  /// One axis.
  ///
  /// @param name what it counts, such as `n_heads*d_head`
  /// @param size how many
  public record Axis(String name, long size) {
    @Override
    public String toString() {
      return name + "=" + size;
    }
  }

  /// Copies the list.
  public WeightShape {
    axes = List.copyOf(axes);
  }

  /// A shape.
  ///
  /// @param axes outermost first
  public static WeightShape of(Axis... axes) {
    return new WeightShape(List.of(axes));
  }

  /// The sizes alone.
  public List<Long> sizes() {
    return axes.stream().map(Axis::size).toList();
  }

  @Override
  public String toString() {
    return axes.stream().map(Axis::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
