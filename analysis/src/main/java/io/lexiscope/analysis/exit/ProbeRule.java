package io.lexiscope.analysis.exit;

import io.lexiscope.model.generate.ExitPoint;
import java.util.List;

/// Leaves after a layer when a logistic regression on the residual stream there says that the
/// network has made up its mind. Reading it costs one inner product.
///
/// The paper's baseline asks whether this layer *is* the saturation layer; this one whether leaving
/// here is right, which is what is wanted of it.
///
/// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, App. A.5</a>
public final class ProbeRule implements LearnedRule {
  private final List<LinearProbe> probes;
  private final double threshold;

  /// A rule.
  ///
  /// @param probes one for each layer but the last
  /// @param threshold score from which on it leaves, in logits
  public ProbeRule(List<LinearProbe> probes, double threshold) {
    this.probes = List.copyOf(probes);
    this.threshold = threshold;
  }

  /// One for each layer but the last.
  public List<LinearProbe> probes() {
    return probes;
  }

  /// The score from which on it leaves.
  public double threshold() {
    return threshold;
  }

  @Override
  public boolean looksAt(int layer) {
    return layer < probes.size();
  }

  @Override
  public boolean readsCoefficients() {
    return false;
  }

  @Override
  public boolean leaves(ExitPoint here) {
    return probes.get(here.layer()).score(here.state()) >= threshold;
  }

  @Override
  public boolean leaves(int layer, ExitTraces.Sight sight) {
    return looksAt(layer) && probes.get(layer).score(sight.state()) >= threshold;
  }
}
