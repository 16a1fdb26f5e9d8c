package io.lexiscope.analysis.score;

/// A stretch of a text that one pass reads.
///
/// @param start first token read
/// @param firstScored first token whose loss is taken; those before it are context only
/// @param end the token after the last one read
public record ScoreWindow(int start, int firstScored, int end) {
  /// How many losses the window gives.
  public int scored() {
    return end - firstScored;
  }
}
