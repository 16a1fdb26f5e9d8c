package io.lexiscope.tensor;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.global.torch;

/// A seeded stream of random tensors; the same seed gives the same tensors. Not thread-safe.
public final class RandomSource implements AutoCloseable {
  static {
    NativeRuntime.load();
  }

  private final Generator generator;

  private RandomSource(Generator generator) {
    this.generator = generator;
  }

  /// A source that starts from a seed.
  @com.google.errorprone.annotations.MustBeClosed
  public static RandomSource seeded(long seed) {
    return new RandomSource(torch.createCPUGenerator(seed));
  }

  /// Independent normal numbers, FLOAT32.
  public Tensor normal(Shape shape, double mean, double standardDeviation) {
    return TensorScope.tidy(
        () ->
            Tensor.own(
                    "normal",
                    () -> {
                      try (GeneratorOptional source = new GeneratorOptional(generator)) {
                        return torch.randn(shape.toArray(), source);
                      }
                    })
                .mul(standardDeviation)
                .add(mean));
  }

  /// Independent uniform numbers in [0, 1), FLOAT32.
  public Tensor uniform(Shape shape) {
    return Tensor.own(
        "uniform",
        () -> {
          try (GeneratorOptional source = new GeneratorOptional(generator)) {
            return torch.rand(shape.toArray(), source);
          }
        });
  }

  /// Draws one index per row with probability proportional to the row's weights.
  ///
  /// @param weights [rows, choices], non-negative
  /// @return INT64 \[rows\]
  public Tensor draw(Tensor weights) {
    return TensorScope.tidy(
        () ->
            Tensor.own(
                    "draw",
                    () -> {
                      try (GeneratorOptional source = new GeneratorOptional(generator)) {
                        return torch.multinomial(
                            weights.handle("draw"), 1, /* replacement= */ false, source);
                      }
                    })
                .squeeze(-1));
  }

  /// The generator's whole state, UINT8, for a resume to the bit.
  public Tensor state() {
    return Tensor.own("state", generator::get_state);
  }

  /// Continues from a state taken with [#state].
  public void restore(Tensor state) {
    generator.set_state(state.handle("restore"));
  }

  @Override
  public void close() {
    generator.close();
  }
}
