package io.lexiscope.workbench.lens;

/// The units of a lens result.
///
/// @param entropy unit of `entropy`
/// @param logit unit of `logit`
/// @param norm unit of `norm`
public record LensUnits(String entropy, String logit, String norm) {
  /// Bits, nats up to a constant, and the model's own activation units.
  public static LensUnits standard() {
    return new LensUnits("bits", "nats (up to a constant)", "Euclidean length");
  }
}
