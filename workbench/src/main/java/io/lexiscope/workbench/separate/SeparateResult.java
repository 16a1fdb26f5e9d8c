package io.lexiscope.workbench.separate;

import io.lexiscope.workbench.ask.Provenance;
import io.lexiscope.workbench.ask.Result;
import java.util.List;

/// Where two groups of inputs part.
///
/// @param model name of the model as it was asked for
/// @param finding what was found, in a sentence
/// @param inputs how many of each group
/// @param aligned whether positions count from the start; from the end where inputs differ in
///   length
/// @param among how many places were looked at
/// @param places the best, in order
/// @param seconds wall-clock time
/// @param provenance where the result comes from
public record SeparateResult(
    String model,
    String finding,
    List<Integer> inputs,
    boolean aligned,
    int among,
    List<SeparatingPlaceView> places,
    double seconds,
    Provenance provenance)
    implements Result {
  /// Copies the lists.
  public SeparateResult {
    inputs = List.copyOf(inputs);
    places = List.copyOf(places);
  }

  @Override
  public String method() {
    return "Which places tell the groups apart along the difference of their means; whatever else"
        + " the groups differ in is found too, their own tokens first, and what is told apart in"
        + " another way is missed.";
  }
}
