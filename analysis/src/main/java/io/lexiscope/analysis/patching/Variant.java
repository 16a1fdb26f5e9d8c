package io.lexiscope.analysis.patching;

import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.place.HookPoint;

/// One way to run a prompt: what is changed in it together.
///
/// @param interventions in force besides those of the model
/// @param position the first position that they change, from 0; what stands before is taken from
///   the plain run where attention looks back only
public record Variant(Interventions interventions, int position) {

  /// The block in whose pass the first change happens: −1 for the embedding, the number of blocks
  /// for what comes after them.
  int layer(int layers) {
    int first = layers;
    for (Intervention intervention : interventions.inForce()) {
      var place = intervention.target().place();
      first = Math.min(first, place.layer().orElseGet(() -> atEmbedding(place.point(), layers)));
    }
    return first;
  }

  private static int atEmbedding(HookPoint point, int layers) {
    return point == HookPoint.EMBED || point == HookPoint.POS_EMBED ? -1 : layers;
  }
}
