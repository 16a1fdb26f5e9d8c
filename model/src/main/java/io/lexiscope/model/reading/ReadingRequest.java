package io.lexiscope.model.reading;

import java.util.List;

/// What to say of each vector.
///
/// @param top how many of the words with the largest logits
/// @param bottom how many of those with the smallest
/// @param targets ids whose logit, probability and rank are wanted
/// @param baseline what logits stand above
/// @param everyToken whether lists hold under-trained tokens too
public record ReadingRequest(
    int top, int bottom, List<Integer> targets, Baseline baseline, boolean everyToken) {
  /// Copies the list.
  public ReadingRequest {
    targets = List.copyOf(targets);
  }

  /// Words against the mean word, without under-trained tokens.
  public static ReadingRequest words(int top, int bottom) {
    return new ReadingRequest(top, bottom, List.of(), Baseline.MEAN, /* everyToken= */ false);
  }

  /// Words above a baseline: without under-trained tokens above the mean word, as products give
  /// them with every token above none.
  public static ReadingRequest words(int top, int bottom, Baseline baseline) {
    ReadingRequest words = words(top, bottom).above(baseline);
    return switch (baseline) {
      case MEAN -> words;
      case NONE -> words.withEveryToken();
    };
  }

  /// The same, also with these words.
  public ReadingRequest andTargets(List<Integer> ids) {
    return new ReadingRequest(top, bottom, ids, baseline, everyToken);
  }

  /// The same, with logits above another baseline.
  public ReadingRequest above(Baseline other) {
    return new ReadingRequest(top, bottom, targets, other, everyToken);
  }

  /// The same, with every token in the lists.
  public ReadingRequest withEveryToken() {
    return new ReadingRequest(top, bottom, targets, baseline, /* everyToken= */ true);
  }
}
