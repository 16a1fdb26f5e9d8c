package io.lexiscope.bench;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.HookPoint;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.tensor.RawGpt2;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the facade and the hook points cost: our forward pass against the same operations written
/// straight on libtorch, and recording every residual stream against recording nothing, at GPT-2
/// small's size. The passes alternate in one run.
public final class ForwardOverhead {
  private static final int WARM_UP = 3;

  private ForwardOverhead() {}

  /// Prints a line for each prompt length.
  ///
  /// @param arguments number of repetitions (default 20)
  public static void main(String[] arguments) throws IOException {
    int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    System.out.println(
        NativeRuntime.warmUpKernels()
            ? "ours on warm kernels"
            : "ours on libtorch: the kernels are off, or this Java has no vectors");
    Path folder = Files.createTempDirectory("lexiscope-bench");
    try {
      RandomModels.gpt2Small(folder, /* seed= */ 0);
      try (LanguageModel model = LanguageModel.open(folder)) {
        for (int length : new int[] {1, 16, 128, 1024}) {
          measure(model, length, length >= 1024 ? Math.max(5, repetitions / 3) : repetitions);
        }
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void measure(LanguageModel model, int length, int repetitions) {
    SplittableRandom random = new SplittableRandom(length);
    int[] ids = random.ints(length, 0, model.architecture().dimensions().vocabulary()).toArray();
    TokenIds tokens = TokenIds.of(ids);
    Recording residuals =
        Recording.of(HookPoint.RESID_PRE, HookPoint.RESID_MID, HookPoint.RESID_POST);
    RawGpt2 raw =
        new RawGpt2(
            name -> weight(model, name),
            model.architecture().layers(),
            model.architecture().block().attention().heads().heads());
    double[] plain = new double[repetitions];
    double[] direct = new double[repetitions];
    double[] recorded = new double[repetitions];
    for (int i = -WARM_UP; i < repetitions; i++) {
      float[] ours = new float[0];
      long start = System.nanoTime();
      try (Run run = model.run(tokens, Recording.nothing())) {
        ours = run.last().toFloats();
      }
      long afterPlain = System.nanoTime();
      float[] theirs =
          TensorScope.tidy(
              () -> raw.forward(Tensors.ofLongs(tokens.toLongs(), Shape.of(1, length))));
      long afterDirect = System.nanoTime();
      try (Run run = model.run(tokens, residuals)) {
        ours = run.last().toFloats();
      }
      long end = System.nanoTime();
      requireEqual(ours, theirs);
      if (i >= 0) {
        plain[i] = (afterPlain - start) / 1e6;
        direct[i] = (afterDirect - afterPlain) / 1e6;
        recorded[i] = (end - afterDirect) / 1e6;
      }
    }
    System.out.printf(
        Locale.ROOT,
        "T=%-5d ours %8.1f ms  straight on libtorch %8.1f ms  ratio %.3f  recording residuals %8.1f ms  ratio %.3f%n",
        length,
        median(plain),
        median(direct),
        medianRatio(plain, direct),
        median(recorded),
        medianRatio(recorded, plain));
  }

  private static Tensor weight(LanguageModel model, String name) {
    Tensor bare = model.parameters().get(name);
    return bare != null
        ? bare
        : Objects.requireNonNull(model.parameters().get("transformer." + name), name);
  }

  private static void requireEqual(float[] ours, float[] theirs) {
    double worst =
        IntStream.range(0, ours.length)
            .mapToDouble(i -> Math.abs(ours[i] - theirs[i]))
            .max()
            .orElseThrow();
    if (!(worst < 1e-3)) {
      throw new IllegalStateException(
          "bench: expected equal results, got them " + worst + " apart");
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double medianRatio(double[] a, double[] b) {
    double[] ratios = new double[a.length];
    Arrays.setAll(ratios, i -> a[i] / b[i]);
    return median(ratios);
  }
}
