package io.lexiscope.model.text;

import io.lexiscope.base.Journal;
import io.lexiscope.model.Run;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Sums over the positions of some windows, for each neuron of each layer. Single windows are
/// summed in 32 bits, windows together in 64.
final class HabitSums {
  /// How they are written down.
  static final Journal.Form<HabitSums> FORM =
      new Journal.Form<>() {
        @Override
        public String name() {
          return "habits";
        }

        @Override
        public void write(HabitSums part, DataOutput out) throws IOException {
          out.writeInt(part.layers);
          out.writeInt(part.neurons);
          part.write(out);
        }

        @Override
        public HabitSums read(DataInput in) throws IOException {
          HabitSums part = new HabitSums(in.readInt(), in.readInt());
          part.fill(in);
          return part;
        }
      };

  private final int layers;
  private final int neurons;
  private final Map<Kind, double[][]> sums = new EnumMap<>(Kind.class);
  private int windows;
  private long positions;

  HabitSums(int layers, int neurons) {
    this.layers = layers;
    this.neurons = neurons;
    for (Kind kind : Kind.values()) {
      sums.put(kind, new double[layers][neurons]);
    }
  }

  /// What is summed.
  enum Kind {
    /// 1 where the argument of the non-linearity is above 0.
    FIRED,
    /// 1 where m < 0.
    NEGATIVE,
    /// m.
    SUM,
    /// m².
    SQUARES,
    /// |m|.
    SIZES
  }

  /// Adds a window.
  ///
  /// @param run that recorded the argument and the result of the non-linearities
  /// @param rows the positions that count
  void addWindow(Run run, long[] rows) {
    windows++;
    if (rows.length == 0) {
      return;
    }
    positions += rows.length;
    for (int i = 0; i < layers; i++) {
      int layer = i;
      TensorScope.tidyRun(
          () -> {
            Tensor kept = Tensors.ofLongs(rows);
            Tensor pre = of(run, HookPoint.MLP_PRE, layer, kept);
            Tensor post = of(run, HookPoint.MLP_POST, layer, kept).to(DType.FLOAT32);
            add(Kind.FIRED, layer, pre.gt(0).to(DType.FLOAT32));
            add(Kind.NEGATIVE, layer, post.neg().gt(0).to(DType.FLOAT32));
            add(Kind.SUM, layer, post);
            add(Kind.SQUARES, layer, post.mul(post));
            add(Kind.SIZES, layer, post.abs());
          });
    }
  }

  private static Tensor of(Run run, HookPoint point, int layer, Tensor kept) {
    return run.activation(point.at(layer)).select(0, 0).indexSelect(0, kept);
  }

  private void add(Kind kind, int layer, Tensor rows) {
    float[] added = rows.sum(0, /* keepAxis= */ false).toFloats();
    double[] to = of(kind)[layer];
    for (int i = 0; i < to.length; i++) {
      to[i] += added[i];
    }
  }

  void add(HabitSums other) {
    windows += other.windows;
    positions += other.positions;
    for (Kind kind : Kind.values()) {
      for (int layer = 0; layer < layers; layer++) {
        for (int i = 0; i < neurons; i++) {
          of(kind)[layer][i] += other.of(kind)[layer][i];
        }
      }
    }
  }

  /// How many windows were read.
  int windows() {
    return windows;
  }

  /// How many positions counted.
  long positions() {
    return positions;
  }

  double of(Kind kind, int layer, int neuron) {
    return of(kind)[layer][neuron];
  }

  private double[][] of(Kind kind) {
    return Objects.requireNonNull(sums.get(kind));
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(windows);
    out.writeLong(positions);
    for (double[][] kind : sums.values()) {
      for (double[] layer : kind) {
        for (double sum : layer) {
          out.writeDouble(sum);
        }
      }
    }
  }

  void fill(DataInput in) throws IOException {
    windows = in.readInt();
    positions = in.readLong();
    for (double[][] kind : sums.values()) {
      for (double[] layer : kind) {
        for (int i = 0; i < layer.length; i++) {
          layer[i] = in.readDouble();
        }
      }
    }
  }
}
