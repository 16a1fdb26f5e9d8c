package io.lexiscope.tensor;

import io.lexiscope.tensor.internal.kernel.Strided;
import io.lexiscope.tensor.option.Pairing;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.pytorch.GradMode;
import org.jspecify.annotations.Nullable;

/// The rotary turn of queries or keys without libtorch, which takes ten operations for it: more
/// than the turn itself where there are few positions. The same roundings in the same order.
final class RowTurn {
  private RowTurn() {}

  /// The turned heads, or null where libtorch is to do it: other types than float32, a gradient, or
  /// heads that do not lie in one piece.
  static @Nullable Tensor of(Tensor x, Tensor cosine, Tensor sine, Pairing pairing) {
    if (MixedPrecision.active() || !plain(cosine) || !plain(sine) || !InferenceRows.vectors(x)) {
      return null;
    }
    Strided from = InferenceRows.strided(x);
    long width = 4 * x.size(3);
    if (from.head() != width && x.size(2) > 1) {
      return null;
    }
    int row = Math.toIntExact(x.size(2) * x.size(3));
    int turning = Math.toIntExact(cosine.size(-1));
    Tables tables = new Tables(cosine, sine, turning, pairing);
    int dHead = Math.toIntExact(x.size(3));
    Tensor y = Tensors.empty(x.shape());
    long to = y.plainAddress();
    float[] numbers = new float[row];
    float[] turned = new float[row];
    for (int batch = 0; batch < x.size(0); batch++) {
      for (int position = 0; position < x.size(1); position++) {
        long at = from.address() + batch * from.batch() + position * from.position();
        MemorySegment.copy(view(at, row), ValueLayout.JAVA_FLOAT, 0, numbers, 0, row);
        System.arraycopy(numbers, 0, turned, 0, row);
        for (int head = 0; head < row; head += dHead) {
          tables.turn(position, numbers, turned, head);
        }
        MemorySegment.copy(turned, 0, view(to, row), ValueLayout.JAVA_FLOAT, 0, row);
        to += 4L * row;
      }
    }
    return y;
  }

  private static boolean plain(Tensor table) {
    return table.dtype() == DType.FLOAT32
        && table.plainAddress() != 0
        && !(GradMode.is_enabled() && table.requiresGrad());
  }

  private static float[] floats(Tensor table) {
    return view(table.plainAddress(), table.shape().elements()).toArray(ValueLayout.JAVA_FLOAT);
  }

  @SuppressWarnings("restricted") // the extent comes from the tensors themselves
  private static MemorySegment view(long address, long floats) {
    return MemorySegment.ofAddress(address).reinterpret(4 * floats);
  }

  /// Cosines and sines, [pos, turning] each.
  private static final class Tables {
    private final float[] cosine;
    private final float[] sine;
    private final int turning;
    private final Pairing pairing;

    /// @param turning dimensions of a head that turn
    Tables(Tensor cosine, Tensor sine, int turning, Pairing pairing) {
      this.cosine = floats(cosine);
      this.sine = floats(sine);
      this.turning = turning;
      this.pairing = pairing;
    }

    /// Turns a head; dimensions that do not turn are left as they are.
    void turn(int position, float[] x, float[] y, int head) {
      int table = position * turning;
      int half = turning / 2;
      for (int pair = 0; pair < half; pair++) {
        int a = pairing == Pairing.HALVES ? pair : 2 * pair;
        int b = pairing == Pairing.HALVES ? pair + half : a + 1;
        float first = x[head + a];
        float second = x[head + b];
        y[head + a] = first * cosine[table + a] + -second * sine[table + a];
        y[head + b] = second * cosine[table + b] + first * sine[table + b];
      }
    }
  }
}
