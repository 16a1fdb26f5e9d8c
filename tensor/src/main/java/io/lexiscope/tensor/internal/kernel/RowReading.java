package io.lexiscope.tensor.internal.kernel;

/// What one row of logits says, as far as it has been seen.
public final class RowReading {
  private final Extremes top;
  private final Extremes bottom;
  private final float[] targets;
  private final int[] ahead;
  private double max = Double.NEGATIVE_INFINITY;
  private double mass;
  private double moment;
  private long[] topKeys = {};
  private long[] bottomKeys = {};

  RowReading(VocabularyQuery query, int vocabulary) {
    this.top = new Extremes(Math.min(query.top(), vocabulary), /* largest= */ true);
    this.bottom = new Extremes(Math.min(query.bottom(), vocabulary), /* largest= */ false);
    this.targets = new float[query.targets().size()];
    this.ahead = new int[targets.length];
  }

  Extremes top() {
    return top;
  }

  Extremes bottom() {
    return bottom;
  }

  void target(int index, float logit, int logitsAhead) {
    targets[index] = logit;
    ahead[index] += logitsAhead;
  }

  /// Adds a block's Σ e^(l−m) and Σ (l−m)·e^(l−m), m its largest logit.
  void addMass(double blockMax, double blockMass, double blockMoment) {
    if (blockMax > max) {
      double drop = max - blockMax;
      double keep = mass == 0 ? 0 : Math.exp(drop);
      moment = keep * (moment + (mass == 0 ? 0 : drop * mass)) + blockMoment;
      mass = keep * mass + blockMass;
      max = blockMax;
    } else {
      double drop = blockMax - max;
      double scale = Math.exp(drop);
      moment += scale * (blockMoment + drop * blockMass);
      mass += scale * blockMass;
    }
  }

  /// Takes over what was seen of entries with higher ids.
  void addAll(RowReading later) {
    top.addAll(later.top);
    bottom.addAll(later.bottom);
    addMass(later.max, later.mass, later.moment);
    for (int t = 0; t < ahead.length; t++) {
      ahead[t] += later.ahead[t];
    }
  }

  void close() {
    topKeys = top.best();
    bottomKeys = bottom.best();
  }

  /// Number of largest logits.
  public int topCount() {
    return topKeys.length;
  }

  /// Id of the largest logit but `index`; ties by lower id.
  public int topId(int index) {
    return Extremes.id(topKeys[topKeys.length - 1 - index]);
  }

  /// The largest logit but `index`.
  public float topLogit(int index) {
    return Extremes.value(topKeys[topKeys.length - 1 - index], /* largest= */ true);
  }

  /// Number of smallest logits.
  public int bottomCount() {
    return bottomKeys.length;
  }

  /// Id of the smallest logit but `index`; ties by lower id.
  public int bottomId(int index) {
    return Extremes.id(bottomKeys[bottomKeys.length - 1 - index]);
  }

  /// The smallest logit but `index`.
  public float bottomLogit(int index) {
    return Extremes.value(bottomKeys[bottomKeys.length - 1 - index], /* largest= */ false);
  }

  /// Logit of a target.
  public float targetLogit(int index) {
    return targets[index];
  }

  /// Rank of a target, 1 for the largest logit; equal logits rank by lower id.
  public int targetRank(int index) {
    return 1 + ahead[index];
  }

  /// log Σ exp of all logits, in nats.
  public double logSumExp() {
    return max + Math.log(mass);
  }

  /// Entropy of the softmax, in nats.
  public double entropy() {
    return Math.log(mass) - moment / mass;
  }
}
