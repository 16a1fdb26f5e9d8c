package io.lexiscope.tensor;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.lexiscope.base.OneLine;
import io.lexiscope.tensor.block.BlockType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// A dense n-dimensional array in native memory, owned by a [TensorScope].
///
/// Operations return new tensors in the innermost scope and do not modify their operands; the few
/// that do are named `…InPlace`. Axes may be given as negative numbers, counted from the last.
@CheckReturnValue
public final class Tensor {
  static {
    NativeRuntime.load();
  }

  private final org.bytedeco.pytorch.Tensor handle;
  private final Shape shape;
  private final @Nullable BlockType blocks;
  private @Nullable DType dtype;
  private TensorScope owner;
  private boolean freed;

  /// As [#plainAddress] says; −1 before it was asked.
  private volatile long address = -1;

  private Tensor(
      org.bytedeco.pytorch.Tensor handle, TensorScope owner, @Nullable BlockType blocks) {
    this.handle = handle;
    this.owner = owner;
    this.blocks = blocks;
    this.dtype = blocks == null ? null : DType.BLOCKS;
    this.shape = BlockRows.shape(handle, blocks);
  }

  // --- birth, life and death ---

  /// Takes ownership of a native handle in the innermost scope.
  static Tensor own(String operation, Supplier<org.bytedeco.pytorch.Tensor> make) {
    return own(operation, /* blocks= */ null, make);
  }

  /// The same of bytes, [rows, bytes of a row], that hold blocks; or of anything else for null.
  static Tensor own(
      String operation, @Nullable BlockType blocks, Supplier<org.bytedeco.pytorch.Tensor> make) {
    TensorScope scope = TensorScope.current(operation);
    org.bytedeco.pytorch.Tensor handle;
    try {
      handle = make.get();
    } catch (TensorException known) {
      throw known;
    } catch (RuntimeException refused) {
      throw new TensorException(operation + ": " + OneLine.of(refused), refused);
    }
    Tensor tensor = new Tensor(handle, scope, blocks);
    scope.register(tensor);
    return tensor;
  }

  private Tensor unary(String operation, Supplier<org.bytedeco.pytorch.Tensor> make) {
    requireAlive(operation);
    try {
      return own(operation, make);
    } catch (TensorException refused) {
      throw Refusal.describe(operation, refused, this);
    }
  }

  private Tensor binary(
      String operation, Tensor other, Supplier<org.bytedeco.pytorch.Tensor> make) {
    requireAlive(operation);
    other.requireAlive(operation);
    try {
      return own(operation, make);
    } catch (TensorException refused) {
      throw Refusal.describe(operation, refused, this, other);
    }
  }

  org.bytedeco.pytorch.Tensor handle(String operation) {
    requireAlive(operation);
    return handle();
  }

  /// The native tensor; of blocks, a new one of their numbers in the innermost scope.
  private org.bytedeco.pytorch.Tensor handle() {
    return blocks == null || freed ? handle : BlockRows.widen(this, blocks).handle;
  }

  /// The same tensor under another owner, the innermost scope: storage, place in the gradient graph
  /// and blocks are shared.
  Tensor shared() {
    requireAlive("shared");
    return own("shared", blocks, () -> new org.bytedeco.pytorch.Tensor(handle));
  }

  /// How the numbers are stored, where it is in blocks.
  @Nullable BlockType blocks() {
    return blocks;
  }

  /// Some rows of blocks, as blocks.
  Tensor blockRows(long start, long length) {
    requireAlive("narrow");
    return own("narrow", blocks, () -> handle.narrow(0, start, length));
  }

  TensorScope owner() {
    return owner;
  }

  void moveTo(TensorScope scope) {
    owner = scope;
  }

  void free() {
    if (!freed) {
      freed = true;
      handle.close();
    }
  }

  private void requireAlive(String operation) {
    if (freed) {
      throw new TensorException(
          operation
              + ": expected a live tensor, got one of shape "
              + shape
              + " that was freed with its scope; return it from tidy or make it in a longer-lived"
              + " scope");
    }
  }

  // --- what it is ---

  /// Extents of the axes.
  public Shape shape() {
    return shape;
  }

  /// Extent of one axis.
  public long size(int axis) {
    return shape.dim(axis);
  }

  /// Element type.
  public DType dtype() {
    DType known = dtype;
    if (known == null) {
      known = DType.of(handle("dtype").scalar_type());
      dtype = known;
    }
    return known;
  }

  /// Where it is kept.
  public Device device() {
    requireAlive("device");
    return handle.is_cuda() ? Device.CUDA : Device.CPU;
  }

  /// Whether gradients can be taken with respect to this tensor, or through it.
  public boolean requiresGrad() {
    requireAlive("requiresGrad");
    return handle.requires_grad();
  }

  // --- arithmetic (broadcasting as in NumPy) ---

  /// Element-wise sum.
  public Tensor add(Tensor other) {
    return binary("add", other, () -> handle().add(other.handle()));
  }

  /// Adds a number to every element.
  public Tensor add(double number) {
    return withScalar("add", number, scalar -> handle().add(scalar));
  }

  /// Element-wise difference.
  public Tensor sub(Tensor other) {
    return binary("sub", other, () -> handle().sub(other.handle()));
  }

  /// Element-wise product.
  public Tensor mul(Tensor other) {
    return binary("mul", other, () -> handle().mul(other.handle()));
  }

  /// Multiplies every element by a number.
  public Tensor mul(double number) {
    return withScalar("mul", number, scalar -> handle().mul(scalar));
  }

  /// Element-wise quotient.
  public Tensor div(Tensor other) {
    return binary("div", other, () -> handle().div(other.handle()));
  }

  /// Divides every element by a number.
  public Tensor div(double number) {
    return withScalar("div", number, scalar -> handle().div(scalar));
  }

  /// Raises every element to a power.
  public Tensor pow(double exponent) {
    return withScalar("pow", exponent, scalar -> handle().pow(scalar));
  }

  private Tensor withScalar(
      String operation, double number, Function<Scalar, org.bytedeco.pytorch.Tensor> op) {
    return unary(
        operation,
        () -> {
          try (Scalar scalar = new Scalar(number)) {
            return op.apply(scalar);
          }
        });
  }

  /// Changes the sign of every element.
  public Tensor neg() {
    return unary("neg", handle()::neg);
  }

  /// Exponential of every element.
  public Tensor exp() {
    return unary("exp", handle()::exp);
  }

  /// Natural logarithm of every element.
  public Tensor log() {
    return unary("log", handle()::log);
  }

  /// Square root of every element.
  public Tensor sqrt() {
    return unary("sqrt", handle()::sqrt);
  }

  /// Reciprocal square root of every element.
  public Tensor rsqrt() {
    return unary("rsqrt", handle()::rsqrt);
  }

  /// Absolute value of every element.
  public Tensor abs() {
    return unary("abs", handle()::abs);
  }

  /// Hyperbolic tangent of every element.
  public Tensor tanh() {
    return unary("tanh", handle()::tanh);
  }

  /// Cosine of every element, in radians.
  public Tensor cos() {
    return unary("cos", handle()::cos);
  }

  /// Sine of every element, in radians.
  public Tensor sin() {
    return unary("sin", handle()::sin);
  }

  /// Matrix product over the last two axes, broadcasting over the others.
  public Tensor matmul(Tensor other) {
    return SmallWork.run(
        shape().elements() * other.size(-1),
        () -> binary("matmul", other, () -> handle().matmul(other.handle())));
  }

  /// Whether each element is greater than a number; BOOL.
  public Tensor gt(double number) {
    return withScalar("gt", number, scalar -> handle().gt(scalar));
  }

  /// Whether each element equals a number; BOOL.
  public Tensor eq(double number) {
    return withScalar("eq", number, scalar -> handle().eq(scalar));
  }

  /// A copy in which the elements under a true mask are replaced by a number.
  ///
  /// @param mask BOOL, broadcastable to this shape
  public Tensor maskedFill(Tensor mask, double number) {
    return binary(
        "maskedFill",
        mask,
        () -> {
          try (Scalar scalar = new Scalar(number)) {
            return handle().masked_fill(mask.handle(), scalar);
          }
        });
  }

  /// The lower triangle; elements right of the given diagonal are zero.
  public Tensor tril(long diagonal) {
    return unary("tril", () -> handle().tril(diagonal));
  }

  // --- shape ---

  /// The same elements in another shape; one extent may be −1.
  public Tensor reshape(long... dims) {
    return unary("reshape", () -> handle().reshape(dims));
  }

  /// A view with two axes exchanged.
  public Tensor transpose(int first, int second) {
    return unary("transpose", () -> handle().transpose(first, second));
  }

  /// A view with the axes reordered.
  public Tensor permute(long... axes) {
    return unary("permute", () -> handle().permute(axes));
  }

  /// A view of `length` entries of an axis from `start`.
  public Tensor narrow(int axis, long start, long length) {
    return blocks != null
        ? BlockRows.narrow(this, blocks, axis, start, length)
        : unary("narrow", () -> handle().narrow(axis, start, length));
  }

  /// A view of one entry of an axis; the axis disappears. A negative index counts from the end.
  public Tensor select(int axis, long index) {
    return blocks != null
        ? BlockRows.select(this, blocks, axis, index)
        : unary("select", () -> handle().select(axis, index));
  }

  /// Copies the entries of an axis at the given indices.
  ///
  /// @param indices INT64, one axis
  public Tensor indexSelect(int axis, Tensor indices) {
    return blocks != null
        ? BlockRows.pick(this, blocks, axis, indices.toLongs())
        : binary("indexSelect", indices, () -> handle().index_select(axis, indices.handle()));
  }

  /// Picks one entry of an axis per index position.
  ///
  /// @param indices INT64, of this shape but along `axis`
  public Tensor gather(int axis, Tensor indices) {
    return binary("gather", indices, () -> handle().gather(axis, indices.handle()));
  }

  /// A view with an axis of extent 1 inserted.
  public Tensor unsqueeze(int axis) {
    return unary("unsqueeze", () -> handle().unsqueeze(axis));
  }

  /// A view without an axis of extent 1.
  public Tensor squeeze(int axis) {
    return unary("squeeze", () -> handle().squeeze(axis));
  }

  /// A view in which axes of extent 1 repeat; −1 keeps an extent.
  public Tensor expand(long... dims) {
    return unary("expand", () -> handle().expand(dims));
  }

  /// Repeats each entry of an axis `times` times in place order (a, a, b, b).
  public Tensor repeatInterleave(long times, int axis) {
    return unary(
        "repeatInterleave",
        () -> {
          try (LongOptional along = new LongOptional(axis);
              LongOptional size = new LongOptional()) {
            return handle().repeat_interleave(times, along, size);
          }
        });
  }

  /// This tensor with its elements in row-major order, copied only if they are not.
  public Tensor contiguous() {
    return unary("contiguous", handle()::contiguous);
  }

  /// An independent copy.
  public Tensor copy() {
    return unary("copy", handle()::clone);
  }

  /// This tensor in another element type; the same storage where it already has that type.
  public Tensor to(DType type) {
    return SmallWork.run(
        shape().elements(), () -> unary("to", () -> handle().to(type.scalarType())));
  }

  /// This tensor on a device; the same storage where it is there already.
  public Tensor to(Device device) {
    return unary("to", () -> device == Device.CPU ? handle().cpu() : handle().cuda());
  }

  // --- reductions ---

  private Tensor reduced(
      String operation, Function<ScalarTypeOptional, org.bytedeco.pytorch.Tensor> op) {
    return unary(
        operation,
        () -> {
          try (ScalarTypeOptional type = new ScalarTypeOptional()) {
            return op.apply(type);
          }
        });
  }

  /// Sum of all elements, a scalar.
  public Tensor sum() {
    return unary("sum", handle()::sum);
  }

  /// Sum along an axis.
  public Tensor sum(int axis, boolean keepAxis) {
    return reduced("sum", type -> handle().sum(new long[] {axis}, keepAxis, type));
  }

  /// Mean of all elements, a scalar.
  public Tensor mean() {
    return unary("mean", handle()::mean);
  }

  /// Mean along an axis.
  public Tensor mean(int axis, boolean keepAxis) {
    return reduced("mean", type -> handle().mean(new long[] {axis}, keepAxis, type));
  }

  /// Largest element along an axis.
  public Tensor max(int axis, boolean keepAxis) {
    return unary("max", () -> handle().amax(new long[] {axis}, keepAxis));
  }

  /// Largest element of all, a scalar.
  public Tensor max() {
    return unary("max", handle()::max);
  }

  /// Index of the largest element along an axis, INT64; the lowest index on ties.
  public Tensor argmax(int axis) {
    return Sorting.argmax(this, axis);
  }

  /// Euclidean norm along an axis.
  public Tensor norm(int axis, boolean keepAxis) {
    return TensorScope.tidy(() -> mul(this).sum(axis, keepAxis).sqrt());
  }

  /// Softmax along an axis.
  public Tensor softmax(int axis) {
    return unary("softmax", () -> handle().softmax(axis));
  }

  /// Logarithm of the softmax along an axis, in nats.
  public Tensor logSoftmax(int axis) {
    return unary("logSoftmax", () -> handle().log_softmax(axis));
  }

  /// log Σ exp along an axis.
  public Tensor logSumExp(int axis, boolean keepAxis) {
    return unary("logSumExp", () -> torch.logsumexp(handle(), new long[] {axis}, keepAxis));
  }

  /// The `k` largest (or smallest) elements along an axis, in order.
  public TopK topK(int k, int axis, boolean largest) {
    return Sorting.topK(this, k, axis, largest);
  }

  /// Indices that sort an axis, INT64; equal elements keep their order.
  public Tensor argsort(int axis, boolean descending) {
    return Sorting.argsort(this, axis, descending);
  }

  /// Whether no element is NaN or infinite.
  public boolean allFinite() {
    return TensorScope.tidy(
        () -> {
          Tensor finite = unary("allFinite", handle()::isfinite);
          return finite.unary("allFinite", finite.handle()::all).handle().item_bool();
        });
  }

  /// The same storage, cut off from the gradient graph.
  public Tensor detach() {
    return unary("detach", handle()::detach);
  }

  /// Marks this leaf as one that gradients are wanted for.
  ///
  /// @return this tensor
  @CanIgnoreReturnValue
  public Tensor requireGrad() {
    handle("requireGrad").set_requires_grad(true);
    return this;
  }

  /// Overwrites this tensor's elements with another's, converting the type.
  public void copyInPlace(Tensor source) {
    handle("copyInPlace").copy_(source.handle("copyInPlace"));
  }

  /// Adds another tensor to this one in place.
  public void addInPlace(Tensor other) {
    handle("addInPlace").add_(other.handle("addInPlace"));
  }

  /// Multiplies this tensor by a number in place.
  public void mulInPlace(double number) {
    try (Scalar scalar = new Scalar(number)) {
      handle("mulInPlace").mul_(scalar);
    }
  }

  /// The one element as a double.
  public double item() {
    if (shape.elements() != 1) {
      throw new TensorException("item: expected one element, got shape " + shape);
    }
    return handle("item").item_double();
  }

  /// A fresh array of the elements in row-major order, converted to float32.
  public float[] toFloats() {
    if (dtype() == DType.FLOAT32 && device() == Device.CPU && handle("toFloats").is_contiguous()) {
      return memory().toArray(ValueLayout.JAVA_FLOAT);
    }
    return TensorScope.tidy(
        () -> detach().to(DType.FLOAT32).to(Device.CPU).contiguous().toFloats());
  }

  /// A fresh array of the elements in row-major order, converted to int64.
  public long[] toLongs() {
    return TensorScope.tidy(
        () -> to(DType.INT64).to(Device.CPU).contiguous().memory().toArray(ValueLayout.JAVA_LONG));
  }

  /// The native memory of a contiguous tensor, row-major. Valid while the tensor lives.
  ///
  /// @throws TensorException if the elements are not contiguous, or on another device than the CPU
  @SuppressWarnings("restricted") // the extent comes from the tensor itself
  public MemorySegment memory() {
    if (!handle("memory").is_contiguous()) {
      throw new TensorException("memory: expected contiguous elements, got a strided view " + this);
    }
    if (device() != Device.CPU) {
      throw new TensorException("memory: expected a tensor on the CPU, got one on " + device());
    }
    long bytes = shape.elements() * dtype().bytes();
    try (Pointer data = handle().data_ptr()) {
      return MemorySegment.ofAddress(data.address()).reinterpret(bytes);
    }
  }

  /// Address of the first element, or block, where they lie row by row in the memory of the
  /// processor, 0 where they do not.
  long plainAddress() {
    requireAlive("address");
    long known = address;
    if (known < 0) {
      boolean plain = handle.is_cpu() && handle.is_contiguous();
      try (Pointer data = handle.data_ptr()) {
        known = plain && data != null ? data.address() : 0;
      }
      address = known;
    }
    return known;
  }

  /// Shape and type, such as `[2, 3] float32`; never the elements.
  @Override
  public String toString() {
    return freed ? shape + " (freed)" : shape + " " + dtype();
  }
}
