package io.lexiscope.model.gradient;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.matrix.MatrixName;
import io.lexiscope.model.place.HookName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/// Where gradients are wanted. A pass backwards goes no deeper than the first of them.
///
/// @param matrices matrices of blocks
/// @param places hook points; their values are taken after what interventions change there
public record Taps(Set<MatrixName> matrices, Set<HookName> places) {

  /// Copies the sets, in order.
  public Taps {
    matrices = copy(matrices);
    places = copy(places);
  }

  private static <T> Set<T> copy(Collection<T> given) {
    SequencedSet<T> copied = new LinkedHashSet<>(given);
    return Collections.unmodifiableSequencedSet(copied);
  }

  /// At these matrices.
  public static Taps at(MatrixName... matrices) {
    return new Taps(copy(List.of(matrices)), Set.of());
  }

  /// At these places.
  public static Taps at(HookName... places) {
    return new Taps(Set.of(), copy(List.of(places)));
  }

  /// At every matrix of a network's blocks.
  public static Taps atMatrices(Architecture architecture) {
    return new Taps(copy(MatrixName.all(architecture)), Set.of());
  }

  /// At these and others.
  public Taps and(Taps more) {
    SequencedSet<MatrixName> allMatrices = new LinkedHashSet<>(matrices);
    allMatrices.addAll(more.matrices);
    SequencedSet<HookName> allPlaces = new LinkedHashSet<>(places);
    allPlaces.addAll(more.places);
    return new Taps(allMatrices, allPlaces);
  }

  /// Throws unless every matrix and place exists in the network.
  ///
  /// @throws io.lexiscope.model.config.ConfigException if a matrix does not
  /// @throws GradientException if a place does not
  void requireIn(Architecture architecture) {
    matrices.forEach(matrix -> matrix.requireIn(architecture));
    for (HookName place : places) {
      boolean there =
          place.point().existsIn(architecture)
              && place.layer().map(layer -> layer < architecture.layers()).orElse(true);
      if (!there) {
        throw new GradientException(
            "taps: expected a place of a model of family %s with %d layers, got %s"
                .formatted(architecture.family(), architecture.layers(), place));
      }
    }
  }
}
