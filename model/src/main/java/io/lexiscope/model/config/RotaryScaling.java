package io.lexiscope.model.config;

import java.util.List;

/// How rotary frequencies are stretched for contexts longer than those first trained on.
///
/// The formulas are those of `modeling_rope_utils.py` of the reference library, rounded to float at
/// the same steps.
public sealed interface RotaryScaling {

  /// Angle per position of every pair, in radians.
  ///
  /// @param theta base of the series
  /// @param dimensions number of rotating dimensions
  /// @param sequence number of positions in the whole sequence, cached ones included
  /// @return [dimensions/2]
  float[] inverse(double theta, int dimensions, int sequence);

  /// Factor on cosines and sines.
  ///
  /// @param sequence number of positions in the whole sequence, cached ones included
  default double attentionFactor(int sequence) {
    return 1.0;
  }

  /// No scaling: 1 / theta^(2i/dimensions).
  record None() implements RotaryScaling {
    @Override
    public float[] inverse(double theta, int dimensions, int sequence) {
      var inverse = new float[dimensions / 2];
      for (int i = 0; i < inverse.length; i++) {
        float exponent = (float) (2 * i) / dimensions;
        inverse[i] = 1.0f / (float) Math.pow((float) theta, exponent);
      }
      return inverse;
    }
  }

  /// Every angle divided by a factor.
  ///
  /// @param factor how many times longer the context became
  record Linear(double factor) implements RotaryScaling {
    @Override
    public float[] inverse(double theta, int dimensions, int sequence) {
      var inverse = new None().inverse(theta, dimensions, sequence);
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] /= (float) factor;
      }
      return inverse;
    }
  }

  /// The base grows with the sequence once it is longer than the trained context.
  ///
  /// @param factor how strongly the base grows
  /// @param context positions up to which nothing changes
  record DynamicNtk(double factor, int context) implements RotaryScaling {
    @Override
    public float[] inverse(double theta, int dimensions, int sequence) {
      double length = Math.max(sequence, context);
      double stretch = factor * length / context - (factor - 1);
      double base = theta * Math.pow(stretch, dimensions / (double) (dimensions - 2));
      return new None().inverse(base, dimensions, sequence);
    }
  }

  /// Llama 3: short waves stay, long waves are divided by a factor, those between are blended.
  ///
  /// @param factor division of long waves
  /// @param lowFrequency waves longer than context / lowFrequency are long
  /// @param highFrequency waves shorter than context / highFrequency are short
  /// @param context positions of the original training
  record Llama3(double factor, double lowFrequency, double highFrequency, int context)
      implements RotaryScaling {
    @Override
    public float[] inverse(double theta, int dimensions, int sequence) {
      var inverse = new None().inverse(theta, dimensions, sequence);
      double longest = context / lowFrequency;
      double shortest = context / highFrequency;
      for (int i = 0; i < inverse.length; i++) {
        float wave = (float) (2 * Math.PI) / inverse[i];
        if (wave > longest) {
          inverse[i] /= (float) factor;
        } else if (wave >= shortest) {
          float smooth =
              ((float) context / wave - (float) lowFrequency)
                  / (float) (highFrequency - lowFrequency);
          inverse[i] = (1 - smooth) * inverse[i] / (float) factor + smooth * inverse[i];
        }
      }
      return inverse;
    }
  }

  /// Every angle divided by a number of its own: any scaling that does not look at the length, as
  /// files keep it that have worked it out (`rope_freqs` in GGUF).
  ///
  /// @param factors divisors, one for each pair
  record Divided(List<Double> factors) implements RotaryScaling {

    /// Copies the list.
    public Divided {
      factors = List.copyOf(factors);
    }

    @Override
    public float[] inverse(double theta, int dimensions, int sequence) {
      if (factors.size() != dimensions / 2) {
        throw new ConfigException(
            "rope scaling: expected %d factors, one for each pair of %d rotary dimensions, got %d"
                .formatted(dimensions / 2, dimensions, factors.size()));
      }
      var inverse = new None().inverse(theta, dimensions, sequence);
      for (int i = 0; i < inverse.length; i++) {
        inverse[i] /= factors.get(i).floatValue();
      }
      return inverse;
    }
  }

  /// Phi-3: a divisor for each pair, one list for short and one for long sequences.
  ///
  /// @param shortFactors divisors up to `context` positions, one for each pair
  /// @param longFactors divisors beyond, one for each pair
  /// @param context positions of the original training
  /// @param attention factor on cosines and sines
  record LongRope(
      List<Double> shortFactors, List<Double> longFactors, int context, double attention)
      implements RotaryScaling {

    /// Copies the lists.
    public LongRope {
      shortFactors = List.copyOf(shortFactors);
      longFactors = List.copyOf(longFactors);
    }

    @Override
    public float[] inverse(double theta, int dimensions, int sequence) {
      var factors = sequence > context ? longFactors : shortFactors;
      if (factors.size() != dimensions / 2) {
        throw new ConfigException(
            "rope scaling: expected %d longrope factors, one for each pair of %d rotary dimensions, got %d"
                .formatted(dimensions / 2, dimensions, factors.size()));
      }
      var inverse = new float[dimensions / 2];
      for (int i = 0; i < inverse.length; i++) {
        float exponent = (float) (2 * i) / dimensions;
        inverse[i] =
            1.0f / (factors.get(i).floatValue() * (float) Math.pow((float) theta, exponent));
      }
      return inverse;
    }

    @Override
    public double attentionFactor(int sequence) {
      return attention;
    }
  }

  /// YaRN: short waves stay, long waves are divided, a ramp over the pairs lies between.
  ///
  /// @param factor division of long waves
  /// @param fast rotations over the trained context above which a wave is short
  /// @param slow rotations over the trained context below which a wave is long
  /// @param context positions of the original training
  /// @param attention factor on cosines and sines
  /// @see <a href="https://arxiv.org/abs/2309.00071">Peng et al. 2023</a>
  record Yarn(double factor, double fast, double slow, int context, double attention)
      implements RotaryScaling {
    @Override
    public float[] inverse(double theta, int dimensions, int sequence) {
      double low = Math.max(Math.floor(pair(fast, theta, dimensions)), 0);
      double high = Math.min(Math.ceil(pair(slow, theta, dimensions)), dimensions - 1);
      double span = high == low ? 0.001 : high - low;
      var inverse = new float[dimensions / 2];
      for (int i = 0; i < inverse.length; i++) {
        float frequency = (float) Math.pow(theta, (float) (2 * i) / dimensions);
        float ramp = Math.clamp((float) ((i - low) / span), 0f, 1f);
        inverse[i] = 1 / ((float) factor * frequency) * ramp + 1 / frequency * (1 - ramp);
      }
      return inverse;
    }

    private double pair(double rotations, double theta, int dimensions) {
      return dimensions * Math.log(context / (rotations * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    @Override
    public double attentionFactor(int sequence) {
      return attention;
    }
  }
}
