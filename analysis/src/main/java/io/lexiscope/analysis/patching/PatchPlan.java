package io.lexiscope.analysis.patching;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What is patched, and what of the output is measured.
///
/// Places with heads are patched head by head, others position by position.
///
/// @param at a hook point of blocks
/// @param layers the blocks, in rising order
/// @param position heads are patched at this position only, negative from the end; null for all
/// @param direction which run is changed, and by what
/// @param measure what of the output is measured
public record PatchPlan(
    HookPoint at,
    List<Integer> layers,
    @Nullable Integer position,
    PatchDirection direction,
    Measure measure) {

  /// What is measured.
  ///
  /// @param metric a number of the output
  /// @param read at this position, negative from the end
  /// @param normalise whether to give 0 for the corrupt run and 1 for the clean one
  /// @param means texts that means are taken over, for [PatchDirection#MEAN]
  public record Measure(PatchMetric metric, int read, boolean normalise, List<TokenIds> means) {
    /// Copies the list.
    public Measure {
      means = List.copyOf(means);
    }

    /// At the last position, as it is.
    public static Measure of(PatchMetric metric) {
      return new Measure(metric, /* read= */ -1, /* normalise= */ false, List.of());
    }
  }

  /// Copies the list.
  public PatchPlan {
    layers = List.copyOf(layers);
  }

  /// The clean run's values into the corrupt run, in every block.
  public static PatchPlan of(Architecture architecture, HookPoint at, PatchMetric metric) {
    return new PatchPlan(
        at,
        IntStream.range(0, architecture.layers()).boxed().toList(),
        /* position= */ null,
        PatchDirection.DENOISING,
        Measure.of(metric));
  }

  /// Whether cells are heads and not positions.
  public boolean byHead() {
    return at.headAxis().isPresent();
  }

  /// Throws unless the model has such places.
  ///
  /// @throws PatchException naming what it lacks
  public void requireFit(Architecture architecture) {
    if (!at.perLayer()) {
      throw new PatchException(
          "patch: expected a hook point of blocks such as hook_resid_pre or hook_z, got "
              + at.template());
    }
    if (!at.existsIn(architecture)) {
      throw new PatchException(
          "patch: expected a hook point that family %s has, got %s"
              .formatted(architecture.family(), at.template()));
    }
    for (int layer : layers) {
      if (layer < 0 || layer >= architecture.layers()) {
        throw new PatchException(
            "patch: expected layers from 0 to %d, got %d"
                .formatted(architecture.layers() - 1, layer));
      }
    }
    if (position != null && !byHead()) {
      throw new PatchException(
          "patch: expected a position only where cells are heads, got %d at %s; leave it out"
              .formatted(position, at.template()));
    }
  }
}
