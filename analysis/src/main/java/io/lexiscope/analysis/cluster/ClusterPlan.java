package io.lexiscope.analysis.cluster;

/// How vectors will be clustered, and the most memory it takes.
///
/// @param linkage how far clusters are apart
/// @param way the computation
/// @param sampled how many vectors are clustered among themselves; all of them unless the way is
///   [Way#SAMPLE]
/// @param bytes the most memory taken at a time besides the vectors given
public record ClusterPlan(Linkage linkage, Way way, int sampled, long bytes) {
  /// Rows whose distances are computed at a time.
  static final int BLOCK = 256;

  /// A computation.
  public enum Way {
    /// From all distances: exact.
    MATRIX,
    /// From sums of unit vectors, average linkage only: exact, in little memory, slower.
    SUMS,
    /// As many evenly spaced vectors as fit are clustered exactly; every other vector then joins
    /// the cluster whose farthest member is nearest. An approximation.
    SAMPLE
  }

  /// Whether the clusters are those of the definition.
  public boolean exact() {
    return way != Way.SAMPLE;
  }

  /// The plan for vectors.
  ///
  /// @param vectors how many, n
  /// @param width their elements, d
  /// @param memoryBytes the most that may be taken
  /// @throws ClusterException if that is not enough for anything
  public static ClusterPlan of(Linkage linkage, int vectors, int width, long memoryBytes) {
    long matrix = matrixBytes(vectors, width);
    if (matrix <= memoryBytes) {
      return new ClusterPlan(linkage, Way.MATRIX, vectors, matrix);
    }
    long sums = unitBytes(vectors, width) + fixedBytes(vectors);
    if (linkage == Linkage.AVERAGE && sums <= memoryBytes) {
      return new ClusterPlan(linkage, Way.SUMS, vectors, sums);
    }
    int fits = 0;
    int step = Integer.highestOneBit(Math.max(1, vectors));
    for (; step > 0; step >>= 1) {
      if (fits + step <= vectors && sampleBytes(fits + step, vectors, width) <= memoryBytes) {
        fits += step;
      }
    }
    if (linkage == Linkage.AVERAGE || fits < 2) {
      throw new ClusterException(
          "clusters: expected at least %d bytes of memory for %d vectors of width %d, got %d; allow more"
              .formatted(
                  linkage == Linkage.AVERAGE ? sums : sampleBytes(2, vectors, width),
                  vectors,
                  width,
                  memoryBytes));
    }
    return new ClusterPlan(linkage, Way.SAMPLE, fits, sampleBytes(fits, vectors, width));
  }

  private static long unitBytes(long vectors, long width) {
    return vectors * width * Float.BYTES;
  }

  /// Names, counts, chain, merges.
  private static long fixedBytes(long vectors) {
    return 256 * vectors + (1 << 16);
  }

  private static long matrixBytes(long vectors, long width) {
    return MatrixDistances.bytes(vectors)
        + unitBytes(vectors, width)
        + 2L * BLOCK * vectors * Float.BYTES
        + fixedBytes(vectors);
  }

  private static long sampleBytes(long sample, long vectors, long width) {
    return matrixBytes(sample, width)
        + 2L * BLOCK * (sample + width) * Float.BYTES
        + fixedBytes(vectors);
  }
}
