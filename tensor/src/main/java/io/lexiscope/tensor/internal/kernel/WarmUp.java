package io.lexiscope.tensor.internal.kernel;

import io.lexiscope.tensor.block.BlockType;
import io.lexiscope.tensor.option.NonLinearity;
import io.lexiscope.tensor.option.Sight;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// Runs kernels on small operands until the compiler has made instructions of them.
///
/// Operands are so small that a kernel is compiled because it is called often, before it is
/// compiled a second time for a loop that runs long.
final class WarmUp {
  private static final int IN = 16;

  /// Inputs of few rows, whose kernels take many at a time.
  private static final int LONG_IN = 256;

  private static final int OUT = 36;
  private static final int FEW_OUT = 64;
  private static final int MOST_ROWS = 2 * Lanes.COUNT + 12;
  private static final int HEAD = 16;

  /// Calls of a first round; each round has twice as many, up to the most: where the compiler was
  /// told to look early, few of them are as slow as all are at first.
  private static final int FIRST_CALLS = 2;

  private static final int MOST_CALLS = 32;

  /// Rest between rounds that leaves the processor to the compiler.
  private static final long REST_NANOS = 500_000;

  /// Rows are turned number by number.
  private static final double MOVING_SHARE = 0.05;

  /// A reading also sorts and allocates.
  private static final double READING_SHARE = 0.1;

  /// Norms and non-linearities do several operations for each element.
  private static final double AROUND_SHARE = 0.1;

  /// Blocks are widened before they are multiplied.
  private static final double WIDENING_SHARE = 0.1;

  private final Products products;
  private final Set<BlockType> types;

  /// @param types of the weights in blocks that there are
  WarmUp(Products products, Set<BlockType> types) {
    this.products = products;
    this.types = types;
  }

  /// Something to be called until it is fast.
  ///
  /// @param call runs kernels
  /// @param work multiplications, or elements where there are none
  /// @param share of the rate of a product that counts as fast
  private record Step(Runnable call, double work, double share) {
    /// Of the middle one of some calls, in multiplications per nanosecond: the best may have been
    /// replaced by compiled code on its way, and the next one not.
    double rate(int calls) {
      long[] nanos = new long[calls];
      for (int i = 0; i < calls; i++) {
        long start = System.nanoTime();
        call.run();
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);
      return work / Math.max(nanos[calls / 2], 1);
    }
  }

  /// Where the operands lie.
  private record Operands(long x, long w, long y) {}

  /// Warms a group up.
  ///
  /// @param slowest rate that counts as fast, in multiplications per nanosecond and lane
  /// @param seconds after which it is given up
  /// @return whether every kernel became fast
  boolean until(KernelGroup group, double slowest, int seconds) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    try (Arena arena = Arena.ofShared()) {
      Operands at =
          new Operands(
              arena.allocate(4L * MOST_ROWS * FEW_OUT, 64).address(),
              arena.allocate(4L * LONG_IN * FEW_OUT, 64).address(),
              arena.allocate(4L * MOST_ROWS * FEW_OUT, 64).address());
      List<Step> slow =
          switch (group) {
            case BLOCKS -> blocks(at);
            case READINGS -> readings(at);
            case MANY_ROWS -> manyRows(at);
            case FEW_ROWS -> fewRows(at);
            case HALVES -> halves(at);
          };
      for (int calls = FIRST_CALLS; System.nanoTime() < deadline; ) {
        int now = calls;
        slow.removeIf(step -> step.rate(now) >= step.share() * slowest * Lanes.COUNT);
        calls = Math.min(MOST_CALLS, 2 * calls);
        if (slow.isEmpty()) {
          return true;
        }
        LockSupport.parkNanos(this, REST_NANOS);
      }
      return false;
    }
  }

  /// Panels of two vectors of rows and of one, and what is asked of a column of logits.
  private List<Step> readings(Operands at) {
    int rows = RowLanes.PANEL;
    int outputs = RowLanes.OUTPUTS;
    long step = 4L * rows;
    float[] numbers = new float[Lanes.COUNT];
    float[] moments = new float[Lanes.COUNT];
    float[] never = new float[Lanes.COUNT];
    Arrays.fill(never, Float.NaN);
    int[] counts = new int[Lanes.COUNT];
    double line = (double) outputs * Lanes.COUNT;
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            () -> RowLanes.turn(at.x(), rows - 1, IN, rows, at.y()),
            (double) rows * IN,
            MOVING_SHARE));
    steps.add(
        new Step(
            () -> RowLanes.two(at.x(), at.w(), IN, at.y(), step),
            (double) rows * IN * outputs,
            /* share= */ 1));
    long half = 4L * Lanes.COUNT;
    steps.add(
        new Step(
            () -> RowLanes.fewer(at.x(), at.w(), IN, at.y(), half),
            (double) Lanes.COUNT * IN * outputs,
            /* share= */ 1));
    steps.add(
        new Step(
            () -> RowLanes.one(at.x(), at.w(), IN, at.y(), half),
            (double) Lanes.COUNT * IN * RowLanes.OUTPUTS_OF_ONE,
            /* share= */ 1));
    steps.add(new Step(() -> RowLanes.dot(at.x(), at.w(), IN), IN, MOVING_SHARE));
    steps.add(new Step(() -> TileMath.max(at.x(), step, outputs, numbers), line, AROUND_SHARE));
    steps.add(
        new Step(
            () -> TileMath.mass(at.x(), step, outputs, never, numbers, moments),
            line,
            AROUND_SHARE));
    steps.add(
        new Step(
            () -> TileMath.ahead(at.x(), step, outputs, outputs / 2, never, counts, 0),
            line,
            AROUND_SHARE));
    float[] least = new float[Lanes.COUNT];
    Arrays.fill(least, -Float.MAX_VALUE);
    float[] most = new float[Lanes.COUNT];
    Arrays.fill(most, Float.MAX_VALUE);
    steps.add(
        new Step(() -> TileMath.nextAbove(at.x(), step, 0, outputs, most, 0), line, AROUND_SHARE));
    steps.add(
        new Step(() -> TileMath.nextBelow(at.x(), step, 0, outputs, least, 0), line, AROUND_SHARE));
    steps.add(once(reading(rows, at)));
    return steps;
  }

  private List<Step> manyRows(Operands at) {
    List<Step> steps = new ArrayList<>();
    // Six, four and two rows together.
    steps.add(strip(/* rows= */ 6, at));
    steps.add(strip(/* rows= */ 4, at));
    steps.add(strip(/* rows= */ 2, at));
    steps.addAll(around(at));
    steps.add(attention(/* queries= */ 12, at));
    // Two vectors of rows, one, and one with fewer outputs.
    for (int rows : new int[] {2 * Lanes.COUNT, Lanes.COUNT / 2, 2 * Lanes.COUNT + 1}) {
      steps.add(outIn(rows, IN, WeightType.FLOAT32, at));
      steps.add(reading(rows, at));
    }
    return steps;
  }

  private static Step once(Step step) {
    return new Step(step.call(), step.work(), /* share= */ 0);
  }

  private Step strip(int rows, Operands at) {
    OutLanes.Rows x = new OutLanes.Rows(at.x(), 4L * IN, rows);
    OutLanes.Weights w = new OutLanes.Weights(at.w(), 4L * OutLanes.STRIP, IN);
    OutLanes.Outputs y =
        new OutLanes.Outputs(at.y(), 4L * OutLanes.STRIP, /* added= */ false, at.x());
    long tile = at.y() + 4L * rows * OutLanes.STRIP;
    return new Step(
        () -> OutLanes.strip(x, w, y, tile), (double) rows * IN * OutLanes.STRIP, /* share= */ 1);
  }

  private List<Step> fewRows(Operands at) {
    List<Step> steps = new ArrayList<>();
    for (int rows : new int[] {1, 2, 4}) {
      steps.add(outIn(rows, LONG_IN, WeightType.FLOAT32, at));
      steps.add(inOut(rows, LONG_IN, WeightType.FLOAT32, at));
    }
    steps.add(attention(/* queries= */ 1, at));
    float[] logits = new float[FEW_OUT];
    steps.add(
        new Step(
            () -> logits[0] = (float) products.rowWork().mass(logits, 1), FEW_OUT, AROUND_SHARE));
    return steps;
  }

  private List<Step> halves(Operands at) {
    List<Step> steps = new ArrayList<>();
    for (WeightType half : new WeightType[] {WeightType.BFLOAT16, WeightType.FLOAT16}) {
      steps.add(outIn(/* rows= */ 1, LONG_IN, half, at));
      steps.add(inOut(/* rows= */ 1, LONG_IN, half, at));
      steps.add(inOut(MOST_ROWS, IN, half, at));
    }
    return steps;
  }

  private List<Step> blocks(Operands at) {
    List<Step> steps = new ArrayList<>();
    for (BlockType type : types) {
      if (BlockKernel.of(type) == null) {
        continue;
      }
      Matrix w = Matrix.ofBlocks(at.w(), type, FEW_OUT, LONG_IN);
      steps.add(outIn(/* rows= */ 1, w, WIDENING_SHARE, at));
      // What is widened must be widened fast, and several rows meet it then.
      steps.add(outIn(/* rows= */ 2, w, /* share= */ 0, at));
      steps.add(outIn(/* rows= */ 6, w, WIDENING_SHARE, at));
    }
    steps.add(outIn(2 * Lanes.COUNT, IN, WeightType.FLOAT32, at));
    return steps;
  }

  private Step outIn(int rows, int in, WeightType type, Operands at) {
    return outIn(rows, new Matrix(at.w(), type, FEW_OUT, in), /* share= */ 1, at);
  }

  private Step outIn(int rows, Matrix w, double share, Operands at) {
    int in = w.columns();
    Matrix x = Matrix.floats(at.x(), rows, in);
    Output y = new Output(at.y(), Finish.NOTHING);
    return new Step(
        () -> products.rowsAreOutputs(x, w, /* bias= */ 0, y, /* threads= */ 1),
        (double) rows * in * FEW_OUT,
        share);
  }

  private Step inOut(int rows, int in, WeightType type, Operands at) {
    Matrix x = Matrix.floats(at.x(), rows, in);
    Matrix w = new Matrix(at.w(), type, in, FEW_OUT);
    Output y = new Output(at.y(), Finish.NOTHING);
    return new Step(
        () -> products.rowsAreInputs(x, w, /* bias= */ 0, y, /* threads= */ 1),
        (double) rows * in * FEW_OUT,
        /* share= */ 1);
  }

  /// A small vocabulary with five words of either end and a target.
  private Step reading(int rows, Operands at) {
    Matrix x = Matrix.floats(at.x(), rows, IN);
    Matrix w = Matrix.floats(at.w(), OUT, IN);
    VocabularyQuery query =
        new VocabularyQuery(/* bias= */ 0, /* cap= */ 0, /* top= */ 5, /* bottom= */ 5, List.of(1));
    int[] read = new int[1];
    return new Step(
        () -> read[0] = products.vocabulary().read(x, w, query, /* threads= */ 1).size(),
        (double) rows * OUT * IN,
        READING_SHARE);
  }

  /// The parts of a pass around its products.
  private List<Step> around(Operands at) {
    long elements = (long) MOST_ROWS * IN;
    RowWork rows = products.rowWork();
    List<Step> steps = new ArrayList<>();
    for (NonLinearity f : NonLinearity.values()) {
      steps.add(new Step(() -> rows.apply(f, at.x(), elements, at.y(), 1), elements, AROUND_SHARE));
    }
    Matrix all = Matrix.floats(at.x(), MOST_ROWS, IN);
    steps.add(
        new Step(
            () -> rows.layerNorm(all, at.x(), at.x(), 1e-5, at.y(), 1), elements, AROUND_SHARE));
    steps.add(new Step(() -> rows.rmsNorm(all, at.x(), 1e-5, at.y(), 1), elements, AROUND_SHARE));
    return steps;
  }

  private Step attention(int queries, Operands at) {
    Attention.Heads heads = new Attention.Heads(/* batch= */ 1, 4, 4, HEAD);
    int length = MOST_ROWS;
    int width = heads.heads() * HEAD;
    Strided inputs = new Strided(at.x(), 4L * length * width, 4L * width, 4L * HEAD);
    Keys keys = new Keys(inputs, inputs, length, /* pages= */ null);
    Sight sight = new Sight(length - queries, /* causal= */ true, Integer.MAX_VALUE, 0.125);
    return new Step(
        () -> products.attention().mix(inputs, queries, keys, heads, sight, at.y(), 1),
        (double) queries * length * width,
        AROUND_SHARE);
  }
}
