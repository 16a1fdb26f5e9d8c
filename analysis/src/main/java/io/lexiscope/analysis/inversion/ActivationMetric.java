package io.lexiscope.analysis.inversion;

/// How far apart two activations are.
public enum ActivationMetric {
  /// `‖z_q − z‖₂ / ‖z_q‖₂`, the norm of the query below.
  EUCLIDEAN("euclidean", 0.1),

  /// `1 − cos(z_q, z)`, 0 to 2.
  COSINE("cosine", 0.1),

  /// Kullback–Leibler divergence D(query ‖ query with the activation set to z), nats: what the
  /// model makes of the difference.
  KL("kl", 0.1);

  private final String label;
  private final double epsilon;

  ActivationMetric(String label, double epsilon) {
    this.label = label;
    this.epsilon = epsilon;
  }

  /// What it is called in options and results.
  public String label() {
    return label;
  }

  /// The ε that is used where none is named.
  public double epsilon() {
    return epsilon;
  }

  /// The distance of a vector from a query's.
  ///
  /// @param query \[width\]; not modified
  /// @param values holds the vector
  /// @param from where the vector begins
  /// @throws InversionException for [#KL], which no two vectors tell
  public double of(float[] query, float[] values, int from) {
    double difference = 0;
    double product = 0;
    double own = 0;
    double other = 0;
    for (int i = 0; i < query.length; i++) {
      double q = query[i];
      double v = values[from + i];
      difference += (q - v) * (q - v);
      product += q * v;
      own += q * q;
      other += v * v;
    }
    return switch (this) {
      case EUCLIDEAN -> Math.sqrt(difference) / Math.sqrt(own);
      case COSINE -> 1 - product / Math.sqrt(own * other);
      case KL ->
          throw new InversionException(
              "distance: expected euclidean or cosine for vectors, got kl; measure it by patching");
    };
  }
}
