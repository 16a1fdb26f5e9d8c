package io.lexiscope.workbench.clusters;

import io.lexiscope.analysis.cluster.CloseClusters;
import io.lexiscope.analysis.cluster.ClusterPlan;
import io.lexiscope.analysis.cluster.ClusterWords;
import io.lexiscope.analysis.cluster.Linkage;
import io.lexiscope.analysis.cluster.ValueClustering;
import io.lexiscope.analysis.cluster.ValueClusters;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.Lane;
import io.lexiscope.workbench.job.Lasting;
import io.lexiscope.workbench.job.ResultFile;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.ModelShelf;
import java.util.List;
import java.util.stream.IntStream;

/// Groups value vectors that point the same way.
public final class ClustersUseCase implements UseCase<ClustersRequest, ClustersResult> {
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
    int top = request.top() == null ? STANDARD_TOP : request.top();
    Linkage linkage = request.linkage() == null ? Linkage.COMPLETE : request.linkage();
    Integer asked = request.k();
    if (asked != null && asked < 1) {
      throw WorkbenchException.misuse("k", "clusters: expected 1 or more clusters, got " + asked);
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
      CloseClusters close = work.pass(() -> clustering.close(asked));
      List<CloseClusters.Kept> kept = close.kept();
      List<ClusterWords> words =
          work.pass(
              () ->
                  ClusterWords.of(
                      open.model(),
                      close.parted(),
                      kept.stream().map(CloseClusters.Kept::cluster).toList(),
                      top));
      ClusterPlan plan = close.parted().plan();
      return new ClustersResult(
          open.name(),
          linkage,
          plan.exact(),
          plan.sampled(),
          plan.bytes(),
          close.bound(),
          close.parted().partition().size(),
          close.inNone(),
          IntStream.range(0, kept.size())
              .mapToObj(i -> view(close.parted(), kept.get(i), words.get(i)))
              .toList(),
          (System.nanoTime() - start) / 1e9,
          open.provenance(/* seed= */ null));
    }
  }

  private static ClusterView view(
      ValueClusters clusters, CloseClusters.Kept kept, ClusterWords words) {
    return new ClusterView(
        kept.cluster(),
        kept.size(),
        kept.cohesion(),
        clusters
            .partition()
            .members(kept.cluster())
            .mapToObj(
                thing ->
                    new NeuronName(thing / clusters.neurons(), thing % clusters.neurons())
                        .toString())
            .toList(),
        words.top());
  }
}
