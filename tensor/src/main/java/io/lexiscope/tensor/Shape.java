package io.lexiscope.tensor;

import java.util.Arrays;

/// The extents of a tensor's axes, outermost first. Immutable.
public final class Shape {
  private final long[] dims;

  private Shape(long[] dims) {
    this.dims = dims;
  }

  /// A shape of the given extents; none gives the shape of a scalar.
  public static Shape of(long... dims) {
    for (long dim : dims) {
      if (dim < 0) {
        throw new TensorException(
            "shape: expected extents of 0 or more, got " + Arrays.toString(dims));
      }
    }
    return new Shape(dims.clone());
  }

  /// Number of axes.
  public int rank() {
    return dims.length;
  }

  /// Extent of one axis; negative axes count from the last (−1).
  ///
  /// @throws TensorException if there is no such axis
  public long dim(int axis) {
    int index = axis < 0 ? axis + dims.length : axis;
    if (index < 0 || index >= dims.length) {
      throw new TensorException("shape: expected an axis of " + this + ", got " + axis);
    }
    return dims[index];
  }

  /// Number of elements; 1 for a scalar.
  public long elements() {
    long product = 1;
    for (long dim : dims) {
      product = Math.multiplyExact(product, dim);
    }
    return product;
  }

  /// A fresh copy of the extents.
  public long[] toArray() {
    return dims.clone();
  }

  /// Throws unless this shape has exactly the named axes' extents.
  ///
  /// ```java
  /// shape.require("embed", Axis.of("pos", 7), Axis.of("d_model", 768));
  /// ```
  ///
  /// @param operation what is being done, the first words of the message
  /// @param axes the expected axes; an [Axis#any] axis fits every extent
  /// @throws TensorException naming the axes, if rank or an extent differs
  public void require(String operation, Axis... axes) {
    boolean fits = axes.length == dims.length;
    for (int i = 0; fits && i < axes.length; i++) {
      fits = axes[i].fits(dims[i]);
    }
    if (!fits) {
      throw new TensorException(
          operation + ": expected shape " + Arrays.toString(axes) + ", got " + this);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
