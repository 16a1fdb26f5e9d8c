package io.lexiscope.distribution;

/// Something cannot be packed, or what was packed does not work; one line.
final class DistributionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DistributionException(String message) {
    super(message);
  }
}
