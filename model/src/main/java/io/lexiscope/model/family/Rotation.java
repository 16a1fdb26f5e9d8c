package io.lexiscope.model.family;

import io.lexiscope.model.config.ConfigException;
import io.lexiscope.model.config.ConfigJson;
import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.model.config.RotaryScaling;
import java.util.Optional;

/// Reads rotary positions in both dialects: `rope_theta` and `rope_scaling` beside each other, or
/// both inside `rope_parameters`.
///
/// The keys' order of precedence is the reference library's: `rope_scaling` before
/// `rope_parameters`, and what stands inside before what stands beside.
///
/// @param theta base where none is given
/// @param trainedContext positions of the original training where none is given, as scalings see
///   them
record Rotation(double theta, int trainedContext) {

  /// Bases of 10,000.
  static Rotation of(ConfigJson json, int context) {
    return new Rotation(/* theta= */ 10_000, json.integerOr(context, "max_position_embeddings"));
  }

  /// Positions that turn whole heads.
  ///
  /// @param json the whole configuration
  /// @param dHead width of a head
  Positions.Rotary whole(ConfigJson json, int dHead) {
    var frequencies = frequencies(json, inner(json), theta);
    return new Positions.Rotary(dHead, Positions.Layout.HALVES, frequencies, frequencies);
  }

  /// Positions that turn the first part of every head.
  ///
  /// @param json the whole configuration
  /// @param dHead width of a head
  /// @param fraction the part where none is given
  Positions.Rotary partial(ConfigJson json, int dHead, double fraction) {
    double outer = json.numberOr(fraction, "partial_rotary_factor", "rotary_pct");
    double part =
        inner(json).map(rope -> rope.numberOr(outer, "partial_rotary_factor")).orElse(outer);
    var frequencies = frequencies(json, inner(json), theta);
    return new Positions.Rotary(
        (int) (dHead * part), Positions.Layout.HALVES, frequencies, frequencies);
  }

  /// The object with the scaling, if there is one.
  static Optional<ConfigJson> inner(ConfigJson json) {
    return json.child("rope_scaling").or(() -> json.child("rope_parameters"));
  }

  /// Frequencies as one object says.
  ///
  /// @param json the whole configuration
  /// @param rope the object with the scaling, if there is one
  /// @param base the base where none is given anywhere
  RotaryFrequencies frequencies(ConfigJson json, Optional<ConfigJson> rope, double base) {
    double outer = json.numberOr(base, "rope_theta", "rotary_emb_base");
    return rope.map(inside -> inside(json, inside, outer))
        .orElseGet(() -> new RotaryFrequencies(outer, new RotaryScaling.None()));
  }

  /// Frequencies as one object says, without looking for a base elsewhere.
  ///
  /// @param json the whole configuration
  /// @param rope the object with the scaling
  /// @param base the base where the object gives none
  RotaryFrequencies inside(ConfigJson json, ConfigJson rope, double base) {
    return new RotaryFrequencies(rope.numberOr(base, "rope_theta"), scaling(json, rope));
  }

  private RotaryScaling scaling(ConfigJson json, ConfigJson rope) {
    String type = rope.textOr("default", "rope_type", "type");
    if (rope.numberOr(1, "factor") <= 0) {
      throw new ConfigException(
          "config: expected a positive factor, got %s in %s"
              .formatted(rope.number("factor"), rope.place()));
    }
    return switch (type) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(rope.number("factor"));
      case "dynamic" ->
          new RotaryScaling.DynamicNtk(
              rope.number("factor"), json.integerOr(trainedContext, "max_position_embeddings"));
      case "llama3" ->
          new RotaryScaling.Llama3(
              rope.number("factor"),
              rope.number("low_freq_factor"),
              rope.number("high_freq_factor"),
              trained(json, rope));
      case "yarn" -> rope.has("short_factor") ? longRope(json, rope) : yarn(json, rope);
      case "longrope", "su" -> longRope(json, rope);
      default ->
          throw new ConfigException(
              "config: expected a rope_type of default, linear, dynamic, llama3, yarn or longrope, got %s in %s"
                  .formatted(type, rope.place()));
    };
  }

  private int trained(ConfigJson json, ConfigJson rope) {
    String key = "original_max_position_embeddings";
    return json.integerOr(rope.integerOr(trainedContext, key), key);
  }

  private double stretch(ConfigJson json, ConfigJson rope) {
    return rope.numberOr(
        json.integerOr(trainedContext, "max_position_embeddings") / (double) trained(json, rope),
        "factor");
  }

  private RotaryScaling yarn(ConfigJson json, ConfigJson rope) {
    Keys.refuse(!rope.flagOr(true, "truncate"), rope, "yarn without truncation");
    double factor = stretch(json, rope);
    double mscale = rope.numberOr(0, "mscale");
    double mscaleAll = rope.numberOr(0, "mscale_all_dim");
    double attention =
        mscale != 0 && mscaleAll != 0
            ? temperature(factor, mscale) / temperature(factor, mscaleAll)
            : temperature(factor, 1);
    return new RotaryScaling.Yarn(
        factor,
        rope.numberOr(32, "beta_fast"),
        rope.numberOr(1, "beta_slow"),
        trained(json, rope),
        rope.numberOr(attention, "attention_factor"));
  }

  private static double temperature(double factor, double mscale) {
    return factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
  }

  private RotaryScaling longRope(ConfigJson json, ConfigJson rope) {
    int context = trained(json, rope);
    double factor = stretch(json, rope);
    double attention = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(context));
    return new RotaryScaling.LongRope(
        rope.numbers("short_factor"),
        rope.numbers("long_factor"),
        context,
        rope.numberOr(attention, "attention_factor"));
  }
}
