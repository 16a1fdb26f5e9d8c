package io.lexiscope.workbench.clusters;

import io.lexiscope.analysis.cluster.ClusterWords;
import io.lexiscope.analysis.cluster.Linkage;
import io.lexiscope.analysis.cluster.ValueClustering;
import io.lexiscope.analysis.cluster.ValueClusters;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.reading.TokenReading;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Groups value vectors that point the same way.
public final class ClustersUseCase implements UseCase<ClustersRequest, ClustersResult> {
  private static final int STANDARD_CLUSTERS = 200;
  private static final int STANDARD_TOP = 10;
  private static final int MOST_MEMORY = 1 << 16;
  private static final int STEPS_BETWEEN_REPORTS = 256;

  private final ModelShelf shelf;

  private ClustersUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `clusters`.
  public static Feature<ClustersRequest, ClustersResult> feature(ModelShelf shelf) {
    return new Feature<>(
            Verb.reads("clusters", "Clusters of value vectors.").in(Lane.LONG),
            ClustersRequest.class,
            new ClustersUseCase(shelf),
            result -> List.of(ResultFile.csv("clusters.csv", () -> ClustersCsv.write(result))))
        .lasting(new Lasting.Kept<>(request -> request.choice().model()));
  }

  @Override
  public ClustersResult answer(ClustersRequest request, Work work) {
    int k = request.k() == null ? STANDARD_CLUSTERS : request.k();
    int top = request.top() == null ? STANDARD_TOP : request.top();
    Linkage linkage = request.linkage() == null ? Linkage.COMPLETE : request.linkage();
    if (k < 1) {
      throw WorkbenchException.misuse("k", "clusters: expected 1 or more clusters, got " + k);
    }
    if (top < 0) {
      throw WorkbenchException.misuse("top", "clusters: expected 0 or more words, got " + top);
    }
    Integer memory = request.memory();
    if (memory != null && (memory < 1 || memory > MOST_MEMORY)) {
      throw WorkbenchException.misuse(
          "memory",
          memory < 1
              ? "clusters: expected 1 or more mebibytes, got " + memory
              : "clusters: expected at most %,d mebibytes, got %d".formatted(MOST_MEMORY, memory));
    }
    try (var open = shelf.use(request.choice())) {
      long start = System.nanoTime();
      ValueClustering clustering =
          ValueClustering.of(open.model())
              .linkage(linkage)
              .within(memory == null ? ValueClustering.STANDARD_MEMORY : (long) memory << 20)
              .watchedBy(
                  (done, total) -> {
                    if (done % STEPS_BETWEEN_REPORTS == 0) {
                      work.progress(done, total, "merges");
                      work.letOthersPass();
                    }
                  });
      ValueClusters clusters = work.pass(() -> clustering.cut(k));
      List<ClusterWords> words =
          work.pass(() -> ClusterWords.of(open.model(), clusters, Math.max(1, top)));
      return new ClustersResult(
          open.name(),
          linkage,
          clusters.plan().exact(),
          clusters.plan().sampled(),
          clusters.plan().bytes(),
          IntStream.range(0, clusters.partition().count())
              .mapToObj(cluster -> view(open, clusters, cluster, words.get(cluster), top))
              .sorted(
                  Comparator.comparingInt((ClusterView view) -> -view.size())
                      .thenComparingInt(ClusterView::id))
              .toList(),
          (System.nanoTime() - start) / 1e9,
          open.provenance(/* seed= */ null));
    }
  }

  private static ClusterView view(
      OpenModel open, ValueClusters clusters, int cluster, ClusterWords words, int top) {
    var tokenizer = open.model().tokenizer();
    return new ClusterView(
        cluster,
        clusters.partition().sizeOf(cluster),
        words.cohesion(),
        clusters
            .partition()
            .members(cluster)
            .mapToObj(
                thing ->
                    new NeuronName(thing / clusters.neurons(), thing % clusters.neurons())
                        .toString())
            .toList(),
        words.top().stream()
            .limit(top)
            .map(
                word ->
                    new TokenReading(
                        word.id(), tokenizer.display(word.id()), word.probability(), word.score()))
            .toList());
  }
}
