package io.lexiscope.tensor.internal.kernel;

/// Kernels that are warmed up together, in this order: what a first command is likely to need
/// first.
public enum KernelGroup {
  /// Weights in blocks, which only models that have them ask for.
  BLOCKS,
  /// Readings of the vocabulary.
  READINGS,
  /// Several rows of x in float32, and what lies around their products in a pass.
  MANY_ROWS,
  /// Few rows of x in float32.
  FEW_ROWS,
  /// Weights in half precision.
  HALVES;

  /// From so many rows on, lanes are rows of x: below, a vector of rows would be half empty.
  static final int ROWS_FROM = 5;

  /// From so many queries on, keys and values are taken as weights of products.
  static final int QUERIES_FROM = 4;

  /// What a product of so many float32 rows needs; loads no vectors.
  public static KernelGroup ofRows(long rows) {
    return rows < ROWS_FROM ? FEW_ROWS : MANY_ROWS;
  }

  /// What attention of so many queries needs; loads no vectors.
  public static KernelGroup ofQueries(long queries) {
    return queries < QUERIES_FROM ? FEW_ROWS : MANY_ROWS;
  }
}
