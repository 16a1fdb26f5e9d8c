package io.lexiscope.train.task;

/// The numbers from which operands are drawn, each with equal odds.
///
/// @param least smallest operand, at least 1
/// @param greatest greatest operand
public record OperandRange(int least, int greatest) {
  public OperandRange {
    if (least < 1 || greatest < least || greatest > 9999) {
      throw new IllegalArgumentException(
          "OperandRange: expected 1 <= least <= greatest <= 9999, got %d to %d"
              .formatted(least, greatest));
    }
  }
}
