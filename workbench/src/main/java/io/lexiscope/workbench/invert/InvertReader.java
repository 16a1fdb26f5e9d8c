package io.lexiscope.workbench.invert;

/// How members are looked for.
public enum InvertReader {
  /// Among all inputs there are.
  EXACT,
  /// Among given or drawn inputs, each of which is measured.
  CORPUS
}
