package io.lexiscope.bench.jmh;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.RawGpt2;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

/// A pass of GPT-2 to the last residual stream: ours, and the same operations written straight on
/// libtorch. The difference with the kernels off is what the facade and the hook points cost.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ForwardBenchmark {
  @Param Way way = Way.KERNELS;

  /// A folder such as `./lexiscope new --like gpt2 -o FOLDER` makes.
  @Param("gpt2")
  String folder = "";

  @Param({"1", "16", "128"})
  int length;

  private @Nullable LanguageModel model;
  private @Nullable RawGpt2 raw;
  private TokenIds tokens = TokenIds.of(0);

  /// Opens the model and compares both once.
  @Setup
  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  public void open() {
    LanguageModel opened = LanguageModel.open(Path.of(folder));
    model = opened;
    raw =
        new RawGpt2(
            name -> weight(opened, name),
            opened.architecture().layers(),
            opened.architecture().block().attention().heads().heads());
    int vocabulary = opened.architecture().dimensions().vocabulary();
    tokens = TokenIds.of(IntStream.range(0, length).map(i -> i * 7919 % vocabulary).toArray());
    way.take();
    Way.requireEqual(ours(), straightOnLibtorch());
  }

  /// Our pass.
  @Benchmark
  public float[] ours() {
    try (Run run = Objects.requireNonNull(model).run(tokens, Recording.nothing())) {
      return run.last().toFloats();
    }
  }

  /// The same on libtorch alone, whatever the way.
  @Benchmark
  public float[] straightOnLibtorch() {
    return TensorScope.tidy(
        () ->
            Objects.requireNonNull(raw)
                .forward(Tensors.ofLongs(tokens.toLongs(), Shape.of(1, length))));
  }

  private static Tensor weight(LanguageModel model, String name) {
    Tensor bare = model.parameters().get(name);
    return bare != null
        ? bare
        : Objects.requireNonNull(model.parameters().get("transformer." + name), name);
  }

  /// Closes the model.
  @TearDown
  public void close() {
    Objects.requireNonNull(model).close();
  }
}
