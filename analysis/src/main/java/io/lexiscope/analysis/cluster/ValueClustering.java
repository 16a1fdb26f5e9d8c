package io.lexiscope.analysis.cluster;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Linears;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Clusters the value vectors of a model, all layers together: `v_i`, the row of W_out that neuron
/// i writes, by cosine distance.
///
/// ```java
/// ValueClusters clusters = ValueClustering.of(model).linkage(Linkage.COMPLETE).cut(200);
/// clusters.clusterOf(3, 812);
/// CloseClusters close = ValueClustering.of(model).close(null);
/// close.kept(); // only of vectors closer than chance
/// ```
///
/// @param model whose vectors
/// @param linkage how far clusters are apart; complete is what the paper's code uses
/// @param memoryBytes the most memory taken besides a float32 copy of the vectors, where the
///   weights are not already so
/// @param listener hears of every merge
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.2</a>
public record ValueClustering(
    LanguageModel model, Linkage linkage, long memoryBytes, StepListener listener) {
  /// What is taken at most unless more is allowed.
  public static final long STANDARD_MEMORY = 1L << 30;

  /// Complete linkage in a gibibyte.
  public static ValueClustering of(LanguageModel model) {
    return new ValueClustering(model, Linkage.COMPLETE, STANDARD_MEMORY, StepListener.NONE);
  }

  /// The same with another linkage.
  public ValueClustering linkage(Linkage other) {
    return new ValueClustering(model, other, memoryBytes, listener);
  }

  /// The same with another bound.
  public ValueClustering within(long bytes) {
    return new ValueClustering(model, linkage, bytes, listener);
  }

  /// The same, telling how far it is.
  public ValueClustering watchedBy(StepListener other) {
    return new ValueClustering(model, linkage, memoryBytes, other);
  }

  /// Clusters only of vectors that are closer than chance, of the vectors less their mean: what all
  /// of them share makes none of them alike.
  ///
  /// @param k into how many clusters the vectors are parted before those that are no closer than
  ///   chance leave them; null to part them at that very distance
  /// @throws ClusterException as [#cut]
  public CloseClusters close(@Nullable Integer k) {
    ClusterPlan plan = plan();
    if (k != null) {
      Dendrogram.requireCount(k, plan.sampled());
    }
    return TensorScope.tidy(
        () -> {
          Tensor raw = vectors();
          Tensor vectors = raw.sub(raw.mean(0, /* keepAxis= */ true));
          double bound = CloseClusters.bound(vectors);
          Partition parted =
              new Agglomeration(plan, listener)
                  .cluster(vectors, merges -> k == null ? merges.cutAt(1 - bound) : merges.cut(k));
          return CloseClusters.of(
              new ValueClusters(layers(), neurons(), parted, plan), vectors, bound);
        });
  }

  /// How it will be done, before it is.
  ///
  /// @throws ClusterException if the memory is not enough for anything
  public ClusterPlan plan() {
    return ClusterPlan.of(
        linkage, layers() * neurons(), model.architecture().dModel(), memoryBytes);
  }

  /// Exactly `k` clusters.
  ///
  /// @throws ClusterException if `k` is not from 1 to the number of vectors clustered among
  ///   themselves, or the memory is not enough
  public ValueClusters cut(int k) {
    ClusterPlan plan = plan();
    Dendrogram.requireCount(k, plan.sampled());
    Partition partition =
        TensorScope.tidy(() -> new Agglomeration(plan, listener).cluster(vectors(), k));
    return new ValueClusters(layers(), neurons(), partition, plan);
  }

  private int layers() {
    return model.architecture().layers();
  }

  private int neurons() {
    return model.architecture().dimensions().dMlp();
  }

  private Tensor vectors() {
    return TensorScope.tidy(
        () -> {
          List<Tensor> layers =
              model.transformer().weights().blocks().stream()
                  .map(block -> Linears.rowsAreInputs(block.mlp().out()))
                  .toList();
          return Tensors.cat(layers, 0);
        });
  }
}
