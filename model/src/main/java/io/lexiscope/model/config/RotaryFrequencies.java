package io.lexiscope.model.config;

import java.util.Arrays;

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

  RotaryFrequencies changingAt(int length) {
    RotaryScaling changed =
        switch (scaling) {
          case RotaryScaling.DynamicNtk(double factor, int _) ->
              new RotaryScaling.DynamicNtk(factor, length);
          case RotaryScaling.LongRope(var shorter, var longer, int _, double attention) ->
              new RotaryScaling.LongRope(shorter, longer, length, attention);
          case RotaryScaling.None _,
              RotaryScaling.Linear _,
              RotaryScaling.Llama3 _,
              RotaryScaling.Divided _,
              RotaryScaling.Yarn _ ->
              scaling;
        };
    return new RotaryFrequencies(theta, changed);
  }

  /// The factor on cosines and sines after scaling; 1 for most scalings.
  ///
  /// @param sequence number of positions in the whole sequence, cached ones included
  public double attentionFactor(int sequence) {
    return scaling.attentionFactor(sequence);
  }

  /// Whether sequences of two lengths turn every position alike.
  ///
  /// @param dimensions number of rotating dimensions
  /// @param length positions of one sequence
  /// @param other positions of the other
  public boolean sameAngles(int dimensions, int length, int other) {
    return Arrays.equals(inverse(dimensions, length), inverse(dimensions, other))
        && attentionFactor(length) == attentionFactor(other);
  }
}
