package io.lexiscope.analysis.attribution;

import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.model.place.HookName;
import org.jspecify.annotations.Nullable;

/// Which logit to explain, and how finely.
///
/// ```java
/// AttributionQuery.of(" Mary").against(" John").neurons(5);
/// ```
///
/// @param target the word
/// @param reference what the logit stands above
/// @param at the residual stream to read; null for the one after the last block
/// @param position from 0, or negative from the end
/// @param neurons how many neurons of each MLP to list by themselves; 0 keeps MLPs whole
public record AttributionQuery(
    LensTarget target, Reference reference, @Nullable HookName at, int position, int neurons) {

  /// What a logit stands above.
  public sealed interface Reference {
    /// The mean over the vocabulary: what softmax sees.
    record Mean() implements Reference {}

    /// Nothing: the logit as the product gives it.
    record Nothing() implements Reference {}

    /// Another word's logit.
    ///
    /// @param word the word
    record Foil(LensTarget word) implements Reference {}
  }

  /// Checks the count.
  ///
  /// @throws AttributionException if it is negative
  public AttributionQuery {
    if (neurons < 0) {
      throw new AttributionException(
          "attribution: expected a count of neurons of 0 or more, got " + neurons);
    }
  }

  /// A word's logit after the last block at the last position, above the mean over the vocabulary.
  ///
  /// @param word such as ` Paris`
  public static AttributionQuery of(String word) {
    return of(new LensTarget.Word(word));
  }

  /// A token's logit after the last block at the last position, above the mean over the vocabulary.
  public static AttributionQuery of(LensTarget target) {
    return new AttributionQuery(
        target, new Reference.Mean(), /* at= */ null, /* position= */ -1, /* neurons= */ 0);
  }

  /// The same minus this word's logit.
  public AttributionQuery against(String word) {
    return against(new LensTarget.Word(word));
  }

  /// The same minus this token's logit.
  public AttributionQuery against(LensTarget other) {
    return above(new Reference.Foil(other));
  }

  /// The same above something else.
  public AttributionQuery above(Reference other) {
    return new AttributionQuery(target, other, at, position, neurons);
  }

  /// The same at another residual stream.
  public AttributionQuery at(HookName stream) {
    return new AttributionQuery(target, reference, stream, position, neurons);
  }

  /// The same at another position.
  ///
  /// @param other from 0, or negative from the end
  public AttributionQuery position(int other) {
    return new AttributionQuery(target, reference, at, other, neurons);
  }

  /// The same with this many neurons of each MLP by themselves.
  public AttributionQuery neurons(int count) {
    return new AttributionQuery(target, reference, at, position, count);
  }
}
