package io.lexiscope.workbench.heads;

import org.jspecify.annotations.Nullable;

/// What to say of each head.
///
/// @param top how many words of each reading, 5 when absent
/// @param attends how many positions that it looks at, 3 when absent
/// @param target the word whose logit pushes are about, or `#` and a token id; the model's own
///   prediction when absent
/// @param against a foil; the mean word when absent
/// @param terms how many pairs of writers the card lists, 8 when absent
public record HeadsReadout(
    @Nullable Integer top,
    @Nullable Integer attends,
    @Nullable String target,
    @Nullable String against,
    @Nullable Integer terms) {
  /// Five words of each.
  public static HeadsReadout standard() {
    return new HeadsReadout(null, null, null, null, null);
  }
}
