package io.lexiscope.bench.task;

import io.lexiscope.index.BuildOptions;
import io.lexiscope.index.BuildWatch;
import io.lexiscope.index.IndexStore;
import io.lexiscope.index.SearchHits;
import io.lexiscope.index.VocabularyIndex;
import io.lexiscope.index.query.SearchQuery;
import io.lexiscope.index.vector.CatalogueVectors;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A search for the vectors that promote a word, in the index of all of them. The index is built
/// before the first round.
///
/// @param subject the model
/// @param folder where the index is made
public record IndexQueryTask(
    Subject subject,
    Path folder,
    AtomicReference<@Nullable VocabularyIndex> index,
    AtomicInteger round)
    implements BenchTask {
  private static final int LIMIT = 20;
  private static final int STEP = 3571;
  private static final int ROWS = 4096;
  private static final String HASH = "random";

  /// An index to be built in a folder.
  public IndexQueryTask(Subject subject, Path folder) {
    this(subject, folder, new AtomicReference<>(), new AtomicInteger());
  }

  @Override
  public String name() {
    return "index-query";
  }

  @Override
  public String about() {
    return "the %d neurons of %,d that promote a word most".formatted(LIMIT, neurons());
  }

  private int neurons() {
    return subject.dimensions().layers() * subject.dimensions().dMlp();
  }

  @Override
  public Cost cost() {
    double products = (double) neurons() * subject.dimensions().dModel();
    return Cost.of(/* bytes= */ 4 * products, /* operations= */ 2 * products);
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close()
  private VocabularyIndex opened() {
    VocabularyIndex known = index.get();
    if (known == null) {
      known =
          new IndexStore(folder)
              .openOrBuild(subject.model(), HASH, BuildOptions.STANDARD, BuildWatch.NONE);
      index.set(known);
    }
    return known;
  }

  @Override
  public TaskOutcome run() {
    int word = Math.floorMod(round.getAndIncrement() * STEP, subject.dimensions().vocabulary());
    return new Found(
        this, word, opened().search(subject.model(), SearchQuery.parse("#" + word), LIMIT));
  }

  @Override
  public void close() {
    VocabularyIndex known = index.getAndSet(null);
    if (known != null) {
      known.close();
    }
  }

  private record Found(IndexQueryTask task, int word, SearchHits hits) implements TaskOutcome {
    @Override
    public Answer answer() {
      return new Answer(hits.hits().stream().map(SearchHits.Hit::score).toList(), List.of());
    }

    /// Against a scan of every neuron; they come first among the vectors.
    @Override
    public void check() {
      List<Float> scores = new ArrayList<>();
      TensorScope.tidyRun(
          () -> {
            Tensor words = task.subject.model().transformer().unembedding().weight();
            Tensor column = words.narrow(0, word, 1).transpose(0, 1);
            CatalogueVectors.of(task.subject.model())
                .forEach(
                    ROWS,
                    block -> {
                      if (block.first() >= task.neurons()) {
                        return;
                      }
                      for (float score : block.rows().get().matmul(column).toFloats()) {
                        scores.add(score);
                      }
                    });
          });
      scores.sort(Comparator.reverseOrder());
      float[] expected = new float[LIMIT];
      float[] got = new float[LIMIT];
      Comparison.require(
          hits.hits().size() == LIMIT, task.name(), LIMIT + " hits", hits.hits().size());
      for (int i = 0; i < LIMIT; i++) {
        expected[i] = scores.get(i);
        got[i] = (float) hits.hits().get(i).score();
      }
      Comparison.requireClose(task.name(), got, expected);
    }
  }
}
