package io.lexiscope.bench.jmh;

import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Unembedding;
import io.lexiscope.tensor.VocabularyReading;
import io.lexiscope.tensor.VocabularyReadout;
import java.util.List;
import java.util.OptionalDouble;
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

/// Vectors of width 768 as words of a vocabulary of 50,257: the ten best, entropy, a rank.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VocabularyBenchmark {
  private static final VocabularyReadout.Request REQUEST =
      new VocabularyReadout.Request(/* top= */ 10, /* bottom= */ 0, List.of(100));

  @Param Way way = Way.KERNELS;

  @Param({"1", "16", "192", "576"})
  int rows;

  private final TensorScope scope = TensorScope.open();
  private Tensor[] operands = new Tensor[0];

  /// Makes the operands and compares both ways once.
  @Setup
  public void prepare() {
    operands =
        scope.call(
            () -> {
              try (RandomSource source = RandomSource.seeded(1)) {
                return new Tensor[] {
                  source.normal(Shape.of(rows, 768), 0, 1),
                  source.normal(Shape.of(50_257, 768), 0, 0.02)
                };
              }
            });
    Way.LIBTORCH.take();
    float[] theirs = numbers();
    way.take();
    Way.requireEqual(numbers(), theirs);
  }

  /// The readings.
  @Benchmark
  public List<VocabularyReading> read() {
    return VocabularyReadout.read(
        operands[0],
        new Unembedding(operands[1], /* bias= */ null, OptionalDouble.empty()),
        REQUEST);
  }

  private float[] numbers() {
    List<VocabularyReading> readings = read();
    float[] numbers = new float[2 * readings.size()];
    for (int i = 0; i < readings.size(); i++) {
      numbers[2 * i] = readings.get(i).top().getFirst().logit();
      numbers[2 * i + 1] = (float) readings.get(i).entropy();
    }
    return numbers;
  }

  /// Frees the operands.
  @TearDown
  public void free() {
    scope.close();
  }
}
