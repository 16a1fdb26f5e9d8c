package io.lexiscope.bench;

import io.lexiscope.index.BuildListener;
import io.lexiscope.index.BuildOptions;
import io.lexiscope.index.IndexPlan;
import io.lexiscope.index.IndexStore;
import io.lexiscope.index.SearchHits;
import io.lexiscope.index.VocabularyIndex;
import io.lexiscope.index.query.SearchQuery;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.tensor.RandomSource;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What an index of GPT-2 small's size costs: time and fraction of the machine's matrix-multiply
/// peak, memory, bytes on disk, milliseconds of a query; every found score checked against a scan.
public final class IndexFigures {
  private static final int SIDE = 2048;
  private static final int QUERIES = 200;
  private static final String HASH = "random";

  private IndexFigures() {}

  /// Measures.
  ///
  /// @param arguments a folder to work in; `model/` and `index/` are made in it
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Path.of(arguments[0]);
    Path models = Files.createDirectories(folder.resolve("model"));
    if (!Files.exists(models.resolve("model.safetensors"))) {
      RandomModels.gpt2Small(models, /* seed= */ 0);
    }
    try (LanguageModel model = LanguageModel.open(models)) {
      IndexPlan plan = IndexPlan.of(model, BuildOptions.STANDARD);
      double before = peak();
      long resident = residentKilobytes("VmRSS");
      long start = System.nanoTime();
      List<Double> during = new ArrayList<>();
      BuildListener listener =
          (done, total, unit) -> {
            if (done % (8 * 1024) == 0) {
              during.add(peak());
            }
          };
      double[] paused = {0};
      BuildListener timed =
          (done, total, unit) -> {
            long pause = System.nanoTime();
            listener.step(done, total, unit);
            paused[0] += (System.nanoTime() - pause) / 1e9;
          };
      try (VocabularyIndex index =
          new IndexStore(folder.resolve("index"))
              .build(model, HASH, BuildOptions.STANDARD, timed)) {
        double seconds = (System.nanoTime() - start) / 1e9 - paused[0];
        during.add(before);
        during.add(peak());
        double median = median(during.stream().mapToDouble(Double::doubleValue).toArray());
        double rate = plan.operations() / seconds / 1e9;
        out.printf(
            "vectors              %,d x %d, vocabulary %,d%n",
            plan.vectors(), plan.width(), plan.vocabulary());
        out.printf("build                %.1f s, %.1f GFLOP/s%n", seconds, rate);
        out.printf(
            "matmul peak          %.1f GFLOP/s (median of %d in the same run)%n",
            median, during.size());
        out.printf("fraction of peak     %.0f %%%n", 100 * rate / median);
        out.printf(
            "memory above model   %,d MiB (peak resident %,d MiB)%n",
            (residentKilobytes("VmHWM") - resident) >> 10, residentKilobytes("VmHWM") >> 10);
        out.printf(
            "index on disk        %.0f MB (planned %.0f MB)%n",
            index.bytes() / 1e6, plan.bytes() / 1e6);
        queries(out, model, index);
      }
    }
  }

  private static void queries(PrintStream out, LanguageModel model, VocabularyIndex index) {
    Random random = new Random(1);
    for (String kind : List.of("one word", "three words", "filtered", "like")) {
      double[] times = new double[QUERIES];
      for (int i = 0; i < QUERIES; i++) {
        String text =
            switch (kind) {
              case "one word" -> "#" + random.nextInt(50257);
              case "three words" ->
                  "promotes:#"
                      + random.nextInt(50257)
                      + ",#"
                      + random.nextInt(50257)
                      + " suppresses:#"
                      + random.nextInt(50257);
              case "filtered" -> "#" + random.nextInt(50257) + " layer:2-4 norm:>0.5";
              default -> "like:L" + random.nextInt(12) + "N" + random.nextInt(3072);
            };
        SearchHits hits = index.search(model, SearchQuery.parse(text), /* limit= */ 20);
        times[i] = hits.nanoseconds() / 1e6;
        if (hits.hits().size() != 20) {
          throw new IllegalStateException(
              "expected 20 hits of " + text + ", got " + hits.hits().size());
        }
      }
      Arrays.sort(times);
      out.printf(
          "query, %-13s %.1f ms median, %.1f ms of 95 in 100, %.1f ms worst of %d%n",
          kind, times[QUERIES / 2], times[QUERIES * 95 / 100], times[QUERIES - 1], QUERIES);
    }
  }

  /// GFLOP/s of a square product, the best of three.
  private static double peak() {
    return TensorScope.tidy(
        () -> {
          try (RandomSource source = RandomSource.seeded(1)) {
            Tensor a = source.normal(Shape.of(SIDE, SIDE), 0, 1);
            Tensor b = source.normal(Shape.of(SIDE, SIDE), 0, 1);
            double best = 0;
            for (int i = 0; i < 3; i++) {
              long start = System.nanoTime();
              Tensor product = a.matmul(b);
              double seconds = (System.nanoTime() - start) / 1e9;
              best = Math.max(best, product.size(0) * 2.0 * SIDE * SIDE / seconds / 1e9);
            }
            return best;
          }
        });
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /// A line of the process's status; 0 where the system does not tell.
  private static long residentKilobytes(String key) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
