package io.lexiscope.analysis.attribution;

import io.lexiscope.analysis.attribution.Attribution.Subject;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.Embedding;
import io.lexiscope.model.forward.AffineNorm;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.matrix.EmbeddingWeights;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Goes through a run from the embedding to the stream of the subject and takes the contribution of
/// everything that is added on the way.
final class ComponentSum {
  private final Run run;
  private final Subject subject;
  private final Direction direction;
  private final List<Contribution> found = new ArrayList<>();

  ComponentSum(Run run, Subject subject, Direction direction) {
    this.run = run;
    this.subject = subject;
    this.direction = direction;
  }

  /// The contributions in the order of the forward pass, in a list that may grow.
  ///
  /// @param neurons how many of each MLP to list by themselves
  List<Contribution> of(int neurons) {
    embedding();
    int last = subject.at().requireLayer();
    boolean parallel = run.model().architecture().block().wiring().parallel();
    for (int layer = 0; layer <= last; layer++) {
      HookName pre = HookPoint.RESID_PRE.at(layer);
      change(pre, layer == 0 ? sum() : value(HookPoint.RESID_POST.at(layer - 1)));
      if (layer == last && subject.at().point() == HookPoint.RESID_PRE) {
        break;
      }
      attention(layer);
      if (!parallel) {
        HookName mid = HookPoint.RESID_MID.at(layer);
        change(mid, value(pre) + value(HookPoint.ATTN_OUT.at(layer)));
      }
      if (layer == last && subject.at().point() == HookPoint.RESID_MID) {
        break;
      }
      mlp(layer, neurons);
      double before =
          parallel
              ? value(pre) + value(HookPoint.ATTN_OUT.at(layer))
              : value(HookPoint.RESID_MID.at(layer));
      change(HookPoint.RESID_POST.at(layer), before + value(HookPoint.MLP_OUT.at(layer)));
    }
    return found;
  }

  private double sum() {
    return found.stream().mapToDouble(Contribution::logits).sum();
  }

  private void add(Component component, double logits) {
    found.add(new Contribution(component, logits));
  }

  /// Logits of the value at a place in residual space; 0 where it was not recorded, which is so
  /// only where nothing intervenes and the number is not used.
  private double value(HookName at) {
    return run.has(at) ? direction.of(at(at)) : 0;
  }

  private Tensor at(HookName at) {
    return run.activation(at, subject.position());
  }

  /// What an intervention at a place made of it.
  private void change(HookName at, double explained) {
    if (intervened(at)) {
      add(new Component.Change(at), direction.of(at(at)) - explained);
    }
  }

  private boolean intervened(HookName at) {
    return run.model().interventions().list().stream()
        .filter(Intervention::enabled)
        .anyMatch(intervention -> intervention.target().place().equals(at));
  }

  private void embedding() {
    Embedding kind = run.model().architecture().embedding();
    EmbeddingWeights<Tensor> weights = run.model().transformer().weights().embedding();
    TensorScope.tidyRun(
        () -> {
          Tensor tokens = at(HookPoint.EMBED.once());
          HookName positionPlace = HookPoint.POS_EMBED.once();
          @Nullable Tensor positions = run.has(positionPlace) ? at(positionPlace) : null;
          @Nullable Tensor type =
              weights.tokenTypes() == null
                  ? null
                  : weights.tokenTypes().select(0, 0).to(DType.FLOAT32);
          Direction through = direction;
          double bias = 0;
          if (kind.norm() != null && weights.norm() != null) {
            Tensor sum = positions == null ? tokens : tokens.add(positions);
            AffineNorm norm = new AffineNorm(kind.norm(), weights.norm());
            through =
                direction.through(norm, norm.scale(type == null ? sum : sum.add(type)).item());
            bias = direction.ofOptional(weights.norm().bias());
          }
          add(new Component.TokenEmbedding(), through.of(tokens));
          if (positions != null) {
            add(new Component.PositionEmbedding(), through.of(positions));
          }
          if (type != null || kind.norm() != null) {
            add(new Component.EmbeddingBias(), bias + through.ofOptional(type));
          }
        });
  }

  private void attention(int layer) {
    TensorScope.tidyRun(
        () -> {
          Sublayer attention =
              new Sublayer(run, layer, subject.position(), Sublayer.Kind.ATTENTION);
          float[] heads = attention.parts(direction);
          double explained = 0;
          for (int head = 0; head < heads.length; head++) {
            add(new Component.Head(layer, head), heads[head]);
            explained += heads[head];
          }
          double bias = attention.biases(direction);
          if (attention.hasBias()) {
            add(new Component.AttentionBias(layer), bias);
          }
          if (attention.afterParts().stream().anyMatch(this::intervened)) {
            add(
                new Component.Change(attention.added()),
                attention.whole(direction) - explained - bias);
          }
        });
  }

  private void mlp(int layer, int neurons) {
    TensorScope.tidyRun(
        () -> {
          Sublayer mlp = new Sublayer(run, layer, subject.position(), Sublayer.Kind.MLP);
          double whole = mlp.whole(direction);
          if (neurons == 0) {
            add(new Component.Mlp(layer), whole);
            return;
          }
          float[] parts = mlp.parts(direction);
          List<Integer> strongest =
              IntStream.range(0, parts.length)
                  .boxed()
                  .sorted(Comparator.comparingDouble((Integer index) -> -Math.abs(parts[index])))
                  .limit(neurons)
                  .toList();
          double listed = 0;
          for (int index : strongest) {
            add(new Component.Neuron(layer, index), parts[index]);
            listed += parts[index];
          }
          add(new Component.MlpRest(layer, parts.length - strongest.size()), whole - listed);
        });
  }
}
