package io.lexiscope.bench.jmh;

import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.WeightLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// `x·W` of the feed-forward part of GPT-2 small, 768 → 3,072, in both layouts and three types.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LinearBenchmark {
  private static final int IN = 768;
  private static final int OUT = 3072;

  @Param Way way = Way.KERNELS;

  @Param({"1", "4", "16", "64", "256"})
  int rows;

  @Param WeightLayout layout = WeightLayout.OUT_IN;

  @Param({"FLOAT32", "BFLOAT16", "FLOAT16"})
  DType type = DType.FLOAT32;

  private final TensorScope scope = TensorScope.open();
  private Tensor[] operands = new Tensor[0];

  /// Makes the operands and compares both ways once.
  @Setup
  public void prepare() {
    operands =
        scope.call(
            () -> {
              try (RandomSource source = RandomSource.seeded(1)) {
                Tensor x = source.normal(Shape.of(rows, IN), 0, 1);
                Shape shape = layout == WeightLayout.OUT_IN ? Shape.of(OUT, IN) : Shape.of(IN, OUT);
                return new Tensor[] {x, source.normal(shape, 0, 0.02).to(type)};
              }
            });
    Way.LIBTORCH.take();
    float[] theirs = product();
    way.take();
    Way.requireEqual(product(), theirs);
  }

  /// The product.
  @Benchmark
  public double linear() {
    return TensorScope.tidy(() -> take().reshape(-1).narrow(0, 0, 1).item());
  }

  private float[] product() {
    return TensorScope.tidy(() -> take().toFloats());
  }

  private Tensor take() {
    return Nn.linear(operands[0], operands[1], /* bias= */ null, layout);
  }

  /// Frees the operands.
  @TearDown
  public void free() {
    scope.close();
  }
}
