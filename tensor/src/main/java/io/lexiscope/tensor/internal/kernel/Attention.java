package io.lexiscope.tensor.internal.kernel;

import static io.lexiscope.tensor.internal.kernel.Lanes.ALL;
import static io.lexiscope.tensor.internal.kernel.Lanes.FLOATS;
import static io.lexiscope.tensor.internal.kernel.Lanes.ORDER;

import io.lexiscope.tensor.option.Sight;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Scaled dot-product attention: a thread takes a head, and holds scores of a few queries at a
/// time.
///
/// Many queries are products of two matrices each way, [OutLanes] with the keys turned round as
/// weight and then with the values; what a query must not see has no weight, and what none of some
/// queries sees is not computed. One query at a time reads keys and values as they lie.
///
/// @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, §3.2.1</a>
public final class Attention {
  /// Queries that go together; their scores stay in the first cache for prompts of a few hundred.
  private static final int TOGETHER = 12;

  /// Multiplications that are worth a second thread.
  private static final long SHARED_WORK = 100_000;

  private static final int STRIP = OutLanes.STRIP;

  private final Workers workers;

  Attention(Workers workers) {
    this.workers = workers;
  }

  /// Numbers of heads.
  ///
  /// @param batch rows of the batch
  /// @param heads query heads
  /// @param kvHeads key and value heads; query head h reads h / (heads / kvHeads)
  /// @param dHead width of a head
  public record Heads(int batch, int heads, int kvHeads, int dHead) {}

  /// Mixes values.
  ///
  /// @param q queries
  /// @param queries number of positions of q
  /// @param keys with their values
  /// @param z results, [batch, queries, heads, dHead] floats
  /// @param threads most threads to use
  public void mix(
      Strided q, int queries, Keys keys, Heads heads, Sight sight, long z, int threads) {
    long work = (long) heads.batch() * heads.heads() * queries * keys.length() * heads.dHead();
    workers.run(
        heads.batch() * heads.heads(),
        work < SHARED_WORK ? 1 : threads,
        (index, scratch) -> {
          Head head = new Head(index / heads.heads(), index % heads.heads(), q, keys, heads);
          if (queries < KernelGroup.QUERIES_FROM) {
            for (int query = 0; query < queries; query++) {
              one(head, query, sight, head.result(z, queries, query), scratch);
            }
          } else {
            many(head, queries, sight, z, scratch);
          }
        });
  }

  /// One head of one row of the batch.
  private record Head(int row, int head, Strided q, Keys all, Heads heads) {
    int width() {
      return heads.dHead();
    }

    int keyHead() {
      return head / (heads.heads() / heads.kvHeads());
    }

    long query(int query) {
      return q.at(row, query, head);
    }

    long key(int position) {
      return all.at(all.keys(), row, position, keyHead());
    }

    long value(int position) {
      return all.at(all.values(), row, position, keyHead());
    }

    long resultStride() {
      return 4L * heads.heads() * heads.dHead();
    }

    long result(long z, int queries, int query) {
      return z + ((long) row * queries + query) * resultStride() + 4L * head * heads.dHead();
    }
  }

  // --- one query ---

  private static void one(Head head, int query, Sight sight, long z, Scratch scratch) {
    int from = sight.first(query);
    int end = sight.end(query, head.all().length());
    int d = head.width();
    long scores = scratch.floats(Scratch.Area.ROWS, (long) end - from + STRIP);
    for (int next = from, run; next < end; next += run) {
      run = head.all().run(next, end);
      dots(
          head.query(query),
          head.key(next),
          head.all().keys().position(),
          run,
          d,
          scores + 4L * (next - from));
    }
    int padded = (end - from + Lanes.COUNT - 1) / Lanes.COUNT * Lanes.COUNT;
    softmax(scores, /* from= */ 0, end - from, padded, (float) sight.scale());
    ALL.asSlice(z, 4L * d).fill((byte) 0);
    int whole = d - d % Lanes.COUNT;
    for (int next = from, run; next < end; next += run) {
      run = head.all().run(next, end);
      long stride = head.all().values().position();
      long weights = scores + 4L * (next - from);
      OutLanes.accumulate(weights, head.value(next), stride, run, 4L * whole, z);
      for (int i = whole; i < d; i++) {
        float sum = Lanes.get(z + 4L * i);
        for (int k = 0; k < run; k++) {
          sum =
              Math.fma(
                  Lanes.get(weights + 4L * k),
                  Lanes.get(head.value(next) + k * stride + 4L * i),
                  sum);
        }
        Lanes.set(z + 4L * i, sum);
      }
    }
  }

  /// A query with keys that follow each other.
  private static void dots(long q, long k, long stride, int count, int d, long scores) {
    long whole = 4L * (d - d % Lanes.COUNT);
    for (int key = 0; key < count; key++) {
      long at = k + key * stride;
      FloatVector sum = FloatVector.zero(FLOATS);
      for (long i = 0; i < whole; i += Lanes.BYTES) {
        sum =
            FloatVector.fromMemorySegment(FLOATS, ALL, q + i, ORDER)
                .fma(FloatVector.fromMemorySegment(FLOATS, ALL, at + i, ORDER), sum);
      }
      float dot = sum.reduceLanes(VectorOperators.ADD);
      for (long i = whole; i < 4L * d; i += 4) {
        dot = Math.fma(Lanes.get(q + i), Lanes.get(at + i), dot);
      }
      Lanes.set(scores + 4L * key, dot);
    }
  }

  // --- many queries ---

  private static void many(Head head, int queries, Sight sight, long z, Scratch scratch) {
    int length = head.all().length();
    int from = sight.first(0);
    int end = sight.end(queries - 1, length);
    int d = head.width();
    int wide = (d + STRIP - 1) / STRIP * STRIP;
    int strips = (end - from + STRIP - 1) / STRIP;
    long turned = scratch.floats(Scratch.Area.ROWS, (long) strips * STRIP * d);
    long values = scratch.floats(Scratch.Area.WEIGHTS, (long) strips * STRIP * wide);
    int line = strips * STRIP + Lanes.COUNT;
    long tile = scratch.floats(Scratch.Area.TILE, OutLanes.TILE + (long) TOGETHER * (line + wide));
    long scores = tile + 4L * OutLanes.TILE;
    long mixed = scores + 4L * TOGETHER * line;
    gather(head, from, end, turned, values, wide);
    for (int first = 0; first < queries; first += TOGETHER) {
      int count = Math.min(TOGETHER, queries - first);
      int low = (sight.first(first) - from) / STRIP;
      int high = (sight.end(first + count - 1, length) - from + STRIP - 1) / STRIP;
      OutLanes.Rows rows = new OutLanes.Rows(head.query(first), head.q().position(), count);
      for (int strip = low; strip < high; strip++) {
        OutLanes.strip(
            rows,
            new OutLanes.Weights(turned + 4L * strip * STRIP * d, 4L * STRIP, d),
            outputs(scores + 4L * strip * STRIP, 4L * line),
            tile);
      }
      for (int query = first; query < first + count; query++) {
        softmax(
            scores + 4L * ((long) (query - first) * line + (long) low * STRIP),
            sight.first(query) - from - low * STRIP,
            sight.end(query, length) - from - low * STRIP,
            (high - low) * STRIP,
            (float) sight.scale());
      }
      OutLanes.Rows weights = new OutLanes.Rows(scores + 4L * low * STRIP, 4L * line, count);
      int seen = Math.min(high * STRIP, end - from) - low * STRIP;
      for (int column = 0; column < wide; column += STRIP) {
        OutLanes.strip(
            weights,
            new OutLanes.Weights(
                values + 4L * ((long) low * STRIP * wide + column), 4L * wide, seen),
            outputs(mixed + 4L * column, 4L * wide),
            tile);
      }
      for (int query = 0; query < count; query++) {
        MemorySegment.copy(
            ALL, mixed + 4L * query * wide, ALL, head.result(z, queries, first + query), 4L * d);
      }
    }
  }

  private static OutLanes.Outputs outputs(long address, long stride) {
    return new OutLanes.Outputs(address, stride, /* added= */ false, /* bias= */ 0);
  }

  /// Keys turned round, [strip][d][STRIP], and values, [position][wide]; zeros where there are
  /// none.
  private static void gather(Head head, int from, int end, long turned, long values, int wide) {
    int d = head.width();
    int tail = (end - from) % STRIP;
    if (tail != 0) {
      long last = turned + 4L * ((long) (end - from) / STRIP) * STRIP * d;
      ALL.asSlice(last, 4L * STRIP * d).fill((byte) 0);
    }
    for (int next = from, run; next < end; next += run) {
      int offset = (next - from) % STRIP;
      run = Math.min(head.all().run(next, end), STRIP - offset);
      long strip = turned + 4L * ((long) (next - from) / STRIP) * STRIP * d;
      turn(head.key(next), head.all().keys().position(), run, d, strip + 4L * offset);
      long to = values + 4L * (long) (next - from) * wide;
      for (int k = 0; k < run; k++) {
        long at = to + 4L * k * wide;
        MemorySegment.copy(
            ALL, head.value(next) + k * head.all().values().position(), ALL, at, 4L * d);
        for (int i = d; i < wide; i++) {
          Lanes.set(at + 4L * i, 0);
        }
      }
    }
  }

  private static void turn(long keys, long stride, int count, int d, long to) {
    for (int k = 0; k < count; k++) {
      long from = keys + k * stride;
      long column = to + 4L * k;
      for (int i = 0; i < d; i++) {
        Lanes.set(column + 4L * i * STRIP, Lanes.get(from + 4L * i));
      }
    }
  }

  /// Scores to weights, in place: zeros but for `from … end−1`.
  ///
  /// @param count of the scores, a multiple of a vector's lanes
  private static void softmax(long scores, int from, int end, int count, float scale) {
    fill(scores, 0, from, Float.NEGATIVE_INFINITY);
    fill(scores, end, count, Float.NEGATIVE_INFINITY);
    FloatVector most = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector scaled = FloatVector.fromMemorySegment(FLOATS, ALL, scores + i, ORDER).mul(scale);
      scaled.intoMemorySegment(ALL, scores + i, ORDER);
      most = most.max(scaled);
    }
    float max = most.reduceLanes(VectorOperators.MAX);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector weight =
          TileMath.exp(FloatVector.fromMemorySegment(FLOATS, ALL, scores + i, ORDER).sub(max));
      weight.intoMemorySegment(ALL, scores + i, ORDER);
      sum = sum.add(weight);
    }
    float inverse = 1 / sum.reduceLanes(VectorOperators.ADD);
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOATS, ALL, scores + i, ORDER)
          .mul(inverse)
          .intoMemorySegment(ALL, scores + i, ORDER);
    }
    fill(scores, 0, from, 0);
    fill(scores, end, count, 0);
  }

  private static void fill(long scores, int from, int end, float number) {
    for (int i = from; i < end; i++) {
      Lanes.set(scores + 4L * i, number);
    }
  }
}
