package io.lexiscope.tensor;

import io.lexiscope.tensor.block.BlockType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Makes tensors from numbers and from other tensors.
public final class Tensors {
  static {
    NativeRuntime.load();
  }

  private Tensors() {}

  private static Tensor make(
      String operation, DType type, Function<TensorOptions, org.bytedeco.pytorch.Tensor> maker) {
    return Tensor.own(
        operation,
        () -> {
          try (TensorOptions options = new TensorOptions(type.scalarType())) {
            return maker.apply(options);
          }
        });
  }

  /// All zeros, FLOAT32.
  public static Tensor zeros(Shape shape) {
    return zeros(shape, DType.FLOAT32);
  }

  /// Elements that whoever asked is about to write, FLOAT32.
  static Tensor empty(Shape shape) {
    return Tensor.own("empty", () -> torch.empty(shape.toArray()));
  }

  /// Elements that whoever asked is about to write.
  static Tensor empty(Shape shape, DType type) {
    return make("empty", type, options -> torch.empty(shape.toArray(), options, null));
  }

  /// All zeros.
  public static Tensor zeros(Shape shape, DType type) {
    return make("zeros", type, options -> torch.zeros(shape.toArray(), options));
  }

  /// All ones, FLOAT32.
  public static Tensor ones(Shape shape) {
    return make("ones", DType.FLOAT32, options -> torch.ones(shape.toArray(), options));
  }

  /// One number everywhere, FLOAT32.
  public static Tensor full(Shape shape, double number) {
    return make(
        "full",
        DType.FLOAT32,
        options -> {
          try (Scalar scalar = new Scalar(number)) {
            return torch.full(shape.toArray(), scalar, options);
          }
        });
  }

  /// The numbers 0 … count−1, INT64.
  public static Tensor arange(long count) {
    return arange(0, count);
  }

  /// The numbers start … end−1, INT64.
  public static Tensor arange(long start, long end) {
    return make(
        "arange",
        DType.INT64,
        options -> {
          try (Scalar from = new Scalar(start);
              Scalar to = new Scalar(end)) {
            return torch.arange(from, to, options);
          }
        });
  }

  /// A copy of the values in the given shape, FLOAT32.
  ///
  /// @throws TensorException if there are more or fewer values than the shape has elements
  public static Tensor of(float[] values, Shape shape) {
    requireCount(values.length, shape);
    return filled(MemorySegment.ofArray(values), DType.FLOAT32, shape);
  }

  /// A copy of the values as one axis, FLOAT32.
  public static Tensor of(float... values) {
    return of(values, Shape.of(values.length));
  }

  /// A copy of the values in the given shape, FLOAT64.
  ///
  /// @throws TensorException if there are more or fewer values than the shape has elements
  public static Tensor ofDoubles(double[] values, Shape shape) {
    requireCount(values.length, shape);
    return filled(MemorySegment.ofArray(values), DType.FLOAT64, shape);
  }

  /// A fresh array of a tensor's elements in row-major order, converted to float64.
  public static double[] doubles(Tensor tensor) {
    return TensorScope.tidy(
        () -> {
          Tensor plain = tensor.detach().to(DType.FLOAT64).to(Device.CPU).contiguous();
          return plain.memory().toArray(ValueLayout.JAVA_DOUBLE);
        });
  }

  /// A copy of the values in the given shape, INT64.
  ///
  /// @throws TensorException if there are more or fewer values than the shape has elements
  public static Tensor ofLongs(long[] values, Shape shape) {
    requireCount(values.length, shape);
    return filled(MemorySegment.ofArray(values), DType.INT64, shape);
  }

  /// A copy of the values as one axis, INT64.
  public static Tensor ofLongs(long... values) {
    return ofLongs(values, Shape.of(values.length));
  }

  /// A copy of raw little-endian elements.
  ///
  /// @throws TensorException if the byte count does not fit
  public static Tensor copyOf(MemorySegment bytes, DType type, Shape shape) {
    requireBytes(bytes, type, shape);
    return filled(bytes, type, shape);
  }

  /// A tensor over memory that someone else owns, without a copy where the address is aligned to
  /// the element size.
  ///
  /// @param bytes row-major elements, little-endian; must stay mapped while the tensor lives. Where
  ///   it is read-only the tensor must not be changed in place.
  /// @throws TensorException if the byte count does not fit
  public static Tensor fromMemory(MemorySegment bytes, DType type, Shape shape) {
    requireBytes(bytes, type, shape);
    if (shape.elements() == 0 || bytes.address() % type.bytes() != 0) {
      return filled(bytes, type, shape);
    }
    return make(
        "fromMemory",
        type,
        options -> {
          try (AddressPointer pointer = new AddressPointer(bytes.address())) {
            return torch.from_blob(pointer, shape.toArray(), options);
          }
        });
  }

  /// A matrix whose rows are stored in blocks, over memory that someone else owns: nothing is
  /// copied, and every operation sees the float32 numbers that the blocks stand for.
  ///
  /// @param bytes the blocks, row by row; must stay mapped while the tensor lives, and is not
  ///   changed
  /// @param shape [rows, columns]; whole blocks in a row
  /// @throws TensorException if the byte count does not fit, or a row ends within a block
  public static Tensor ofBlocks(MemorySegment bytes, BlockType type, Shape shape) {
    long row = shape.rank() == 2 ? type.bytesOf(shape.dim(1)) : 0;
    if (shape.rank() != 2
        || shape.dim(1) % type.elements() != 0
        || bytes.byteSize() != Math.multiplyExact(shape.dim(0), row)) {
      throw new TensorException(
          "ofBlocks: expected a matrix in whole blocks of %d, %d bytes each, got %s in %d bytes"
              .formatted(type.elements(), type.bytes(), shape, bytes.byteSize()));
    }
    NativeRuntime.kernels().meet(type);
    boolean _ = NativeAllocator.giveLargeBlocksBack();
    return Tensor.own(
        "ofBlocks",
        type,
        () -> {
          try (TensorOptions options = new TensorOptions(DType.UINT8.scalarType());
              AddressPointer pointer = new AddressPointer(bytes.address())) {
            return torch.from_blob(pointer, new long[] {shape.dim(0), row}, options);
          }
        });
  }

  /// Joins tensors along an existing axis.
  public static Tensor cat(List<Tensor> parts, int axis) {
    return joined("cat", parts, vector -> torch.cat(vector, axis));
  }

  /// Joins tensors of one shape along a new axis.
  public static Tensor stack(List<Tensor> parts, int axis) {
    return joined("stack", parts, vector -> torch.stack(vector, axis));
  }

  /// Element-wise choice.
  ///
  /// @param condition BOOL
  public static Tensor where(Tensor condition, Tensor whenTrue, Tensor whenFalse) {
    return Tensor.own(
        "where",
        () ->
            torch.where(
                condition.handle("where"), whenTrue.handle("where"), whenFalse.handle("where")));
  }

  private static Tensor joined(
      String operation,
      List<Tensor> parts,
      Function<TensorVector, org.bytedeco.pytorch.Tensor> join) {
    return Tensor.own(
        operation,
        () -> {
          try (TensorVector vector = vector(operation, parts)) {
            return join.apply(vector);
          }
        });
  }

  static TensorVector vector(String operation, List<Tensor> parts) {
    return new TensorVector(
        parts.stream()
            .map(part -> part.handle(operation))
            .toArray(org.bytedeco.pytorch.Tensor[]::new));
  }

  private static Tensor filled(MemorySegment bytes, DType type, Shape shape) {
    Tensor tensor = make("of", type, options -> torch.zeros(shape.toArray(), options));
    if (bytes.byteSize() > 0) {
      MemorySegment.copy(
          bytes.asSlice(0, bytes.byteSize()),
          ValueLayout.JAVA_BYTE,
          0,
          tensor.memory(),
          ValueLayout.JAVA_BYTE,
          0,
          bytes.byteSize());
    }
    return tensor;
  }

  private static void requireCount(int count, Shape shape) {
    if (count != shape.elements()) {
      throw new TensorException(
          "of: expected " + shape.elements() + " values for shape " + shape + ", got " + count);
    }
  }

  private static void requireBytes(MemorySegment bytes, DType type, Shape shape) {
    long expected = Math.multiplyExact(shape.elements(), (long) type.bytes());
    if (bytes.byteSize() != expected) {
      throw new TensorException(
          "fromMemory: expected "
              + expected
              + " bytes for "
              + shape
              + " "
              + type
              + ", got "
              + bytes.byteSize());
    }
  }

  /// A native pointer to an address that someone else owns.
  private static final class AddressPointer extends Pointer {
    AddressPointer(long address) {
      super((Pointer) null);
      this.address = address;
    }
  }
}
