package io.lexiscope.bench.task;

import io.lexiscope.index.BuildOptions;
import io.lexiscope.index.BuildWatch;
import io.lexiscope.index.IndexStore;
import io.lexiscope.index.SearchHits;
import io.lexiscope.index.VocabularyIndex;
import io.lexiscope.index.query.Ranking;
import io.lexiscope.index.query.SearchQuery;
import io.lexiscope.index.vector.CatalogueVectors;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.reading.CentredUnembedding;
import io.lexiscope.tensor.DType;
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
  private static final int ROWS = 256;
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

    /// Against a scan of every neuron, which come first among the vectors: how far the word stands
    /// above the mean of all words, in their spread, where it is among the vector's own first.
    @Override
    public void check() {
      List<Float> scores = new ArrayList<>();
      Transformer transformer = task.subject.model().transformer();
      CentredUnembedding centred = CentredUnembedding.of(transformer);
      TensorScope.tidyRun(
          () ->
              CatalogueVectors.of(task.subject.model())
                  .forEach(
                      ROWS,
                      block -> {
                        if (block.first() < task.neurons()) {
                          Tensor folded = centred.fold(block.rows().get());
                          Tensor words = transformer.unembedding().weight().transpose(0, 1);
                          add(folded.matmul(words), scores);
                        }
                      }));
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

    /// @param logits [neuron, vocabulary]
    private void add(Tensor logits, List<Float> scores) {
      Tensor above = logits.sub(logits.mean(1, /* keepAxis= */ true));
      Tensor spread = above.mul(above).mean(1, /* keepAxis= */ true).sqrt();
      Tensor own = above.narrow(1, word, 1);
      float[] standing = own.div(spread).toFloats();
      float[] before =
          above.sub(own).gt(0).to(DType.FLOAT32).sum(1, /* keepAxis= */ false).toFloats();
      for (int i = 0; i < standing.length; i++) {
        if (before[i] < Ranking.OWN_WORDS) {
          scores.add(standing[i]);
        }
      }
    }
  }
}
