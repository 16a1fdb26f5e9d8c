package io.lexiscope.model.config;

/// The angles per position of rotary embeddings.
///
/// @param theta base of the geometric series of wave lengths
/// @param scaling how the series is stretched beyond the context it was trained on
public record RotaryFrequencies(double theta, RotaryScaling scaling) {

  /// Checks the base.
  ///
  /// @throws ConfigException if the base is not positive
  public RotaryFrequencies {
    if (!(theta > 0)) {
      throw new ConfigException("architecture: expected a positive rotary base, got " + theta);
    }
  }

  /// The angle by which each pair turns from one position to the next, in radians, rounded to float
  /// at the same steps as the reference.
  ///
  /// @param dimensions number of rotating dimensions
  /// @param sequence number of positions in the whole sequence, cached ones included; only dynamic
  ///   scalings look at it
  /// @return [dimensions/2]
  public float[] inverse(int dimensions, int sequence) {
    return scaling.inverse(theta, dimensions, sequence);
  }

  /// The factor on cosines and sines after scaling; 1 for most scalings.
  ///
  /// @param sequence number of positions in the whole sequence, cached ones included
  public double attentionFactor(int sequence) {
    return scaling.attentionFactor(sequence);
  }

  /// Whether the angles depend on the length of the sequence, so that a table of them must not be
  /// kept between lengths.
  public boolean dependsOnLength() {
    return scaling instanceof RotaryScaling.DynamicNtk || scaling instanceof RotaryScaling.LongRope;
  }
}
