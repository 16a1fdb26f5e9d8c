package io.lexiscope.analysis.lens;

import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Which vectors to read.
///
/// @param at places: any in residual space; Z for heads through W_O; MLP_POST for neurons through
///   W_out
/// @param positions from 0, or negative from the end; empty for all
/// @param parts which heads or neurons, at places that have them
public record LensSelection(List<HookName> at, List<Integer> positions, Parts parts) {

  /// Copies the lists.
  public LensSelection {
    at = List.copyOf(at);
    positions = List.copyOf(positions);
  }

  /// These places at every position; where they have heads, every head.
  public static LensSelection of(Collection<HookName> places) {
    return new LensSelection(List.copyOf(places), List.of(), new Parts.All());
  }

  /// These places at every position; where they have heads, every head.
  public static LensSelection of(HookName... places) {
    return of(List.of(places));
  }

  /// A hook point in every layer at every position; where it has heads, every head.
  ///
  /// @param layers how many layers the model has
  public static LensSelection everywhere(HookPoint point, int layers) {
    if (!point.perLayer()) {
      return of(point.once());
    }
    List<HookName> places = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      places.add(point.at(layer));
    }
    return of(places);
  }

  /// The same at these positions only.
  ///
  /// @param only from 0, or negative from the end
  public LensSelection positions(Integer... only) {
    return new LensSelection(at, List.of(only), parts);
  }

  /// The same for these heads or neurons only.
  public LensSelection parts(Parts only) {
    return new LensSelection(at, positions, only);
  }
}
