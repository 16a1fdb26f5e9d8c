package io.lexiscope.model.intervene;

import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a run had at a place, position by position: plain numbers, which outlive it and may be
/// shared between interventions, rows of a batch and threads.
public final class ActivationRows {
  private static final double LOST = 1e-5;

  private final HookName place;
  private final long[] shape;
  private final SortedMap<Integer, float[]> byPosition;

  private ActivationRows(HookName place, long[] shape, SortedMap<Integer, float[]> byPosition) {
    this.place = place;
    this.shape = shape;
    this.byPosition = byPosition;
  }

  /// Copies the numbers of a recorded value.
  ///
  /// @param place where it was recorded
  /// @param value of the shape that [HookPoint#axes] names, batch 1
  /// @param positions what its position axis stands for, from 0
  /// @throws InterventionException if the value is not of such a shape, or holds NaN
  public static ActivationRows of(HookName place, Tensor value, List<Integer> positions) {
    int axis = place.point().positionAxis();
    List<String> axes = place.point().axes();
    if (value.shape().rank() != axes.size()
        || value.size(0) != 1
        || value.size(axis) != positions.size()) {
      throw new InterventionException(
          "rows: expected %s with a batch of 1 and %d positions, got %s at %s"
              .formatted(axes, positions.size(), value.shape(), place));
    }
    TreeMap<Integer, float[]> rows = new TreeMap<>();
    List<Long> shape = new ArrayList<>();
    for (int i = 1; i < axes.size(); i++) {
      if (i != axis) {
        shape.add(value.size(i));
      }
    }
    TensorScope.tidyRun(
        () -> {
          Tensor all = value.to(DType.FLOAT32).select(0, 0);
          for (int i = 0; i < positions.size(); i++) {
            int index = i;
            float[] row = TensorScope.tidy(() -> all.select(axis - 1, index).toFloats());
            requireNumbers(row, place, positions.get(i));
            rows.put(positions.get(i), row);
          }
        });
    return new ActivationRows(place, shape.stream().mapToLong(Long::longValue).toArray(), rows);
  }

  private static void requireNumbers(float[] row, HookName place, int position) {
    for (float number : row) {
      if (Float.isNaN(number)) {
        throw new InterventionException(
            "rows: expected numbers, got NaN at %s position %d".formatted(place, position));
      }
    }
  }

  /// Where they were recorded.
  public HookName place() {
    return place;
  }

  /// Shape of one row: the axes of [HookPoint#axes] without batch and position.
  public Shape shape() {
    return Shape.of(shape);
  }

  /// The positions there are rows of, from 0 in rising order.
  public List<Integer> positions() {
    return List.copyOf(byPosition.keySet());
  }

  boolean has(int position) {
    return byPosition.containsKey(position);
  }

  /// A fresh copy of the numbers of one position, row-major.
  ///
  /// @throws HookException if it was not recorded
  public float[] at(int position) {
    return row(position).clone();
  }

  float[] row(int position) {
    float[] row = byPosition.get(position);
    if (row == null) {
      throw new HookException(
          "rows: expected one of the positions %s recorded at %s, got %d"
              .formatted(positions(), place, position));
    }
    return row;
  }

  /// One row after another, [positions, ...].
  float[] rows(List<Integer> positions) {
    int width = Math.toIntExact(Shape.of(shape).elements());
    float[] all = new float[positions.size() * width];
    for (int i = 0; i < positions.size(); i++) {
      System.arraycopy(row(positions.get(i)), 0, all, i * width, width);
    }
    return all;
  }

  /// Rows of scores or pattern for a pass of other positions: each key's number is that of the
  /// position it stands for; a key that stands for none is out of sight.
  ///
  /// @param keys number of key positions of the pass
  /// @param map from positions of the pass to positions here
  /// @throws InterventionException if a pattern would lose weight
  ActivationRows forKeys(int keys, PositionMap map) {
    int known = Math.toIntExact(shape[1]);
    int heads = Math.toIntExact(shape[0]);
    boolean pattern = place.point() == HookPoint.PATTERN;
    TreeMap<Integer, float[]> rows = new TreeMap<>();
    byPosition.forEach(
        (position, row) -> {
          float[] mapped = new float[heads * keys];
          Arrays.fill(mapped, pattern ? 0 : Float.NEGATIVE_INFINITY);
          for (int head = 0; head < heads; head++) {
            double lost = 0;
            for (int key = 0; key < known; key++) {
              lost += row[head * known + key];
            }
            for (int key = 0; key < keys; key++) {
              OptionalInt source = map.of(key);
              if (source.isPresent() && source.getAsInt() < known) {
                float number = row[head * known + source.getAsInt()];
                mapped[head * keys + key] = number;
                lost -= number;
              }
            }
            if (pattern && Math.abs(lost) > LOST) {
              throw new InterventionException(
                  "rows: expected every key that the pattern looks at to stand for a position of this prompt, got a weight of %.3f on others in head %d at %s position %d; align the prompts, or set values or scores instead"
                      .formatted(lost, head, place, position));
            }
          }
          rows.put(position, mapped);
        });
    return new ActivationRows(place, new long[] {heads, keys}, rows);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActivationRows that
        && place.equals(that.place)
        && Arrays.equals(shape, that.shape)
        && byPosition.keySet().equals(that.byPosition.keySet())
        && byPosition.entrySet().stream()
            .allMatch(row -> Arrays.equals(row.getValue(), that.byPosition.get(row.getKey())));
  }

  @Override
  public int hashCode() {
    return 31 * place.hashCode() + byPosition.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "%s at %s".formatted(place, Collections.unmodifiableSet(byPosition.keySet()));
  }
}
