package io.lexiscope.model.edit;

import io.lexiscope.model.config.Architecture;
import java.util.ArrayList;
import java.util.List;

/// Patches in the order in which they are laid over a model. Immutable: stacking, taking off and
/// moving give another stack.
///
/// Patches of one matrix add up, so that their order changes no more than roundings; it is kept,
/// and is part of the identity, so that a result can be had again to the bit.
///
/// @param patches first to last
public record PatchStack(List<WeightPatch> patches) {

  /// Copies the list.
  public PatchStack {
    patches = List.copyOf(patches);
  }

  /// No patches.
  public static PatchStack none() {
    return new PatchStack(List.of());
  }

  /// These patches.
  public static PatchStack of(WeightPatch... patches) {
    return new PatchStack(List.of(patches));
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return patches.isEmpty();
  }

  /// With another stack on top.
  public PatchStack and(PatchStack more) {
    List<WeightPatch> all = new ArrayList<>(patches);
    all.addAll(more.patches);
    return new PatchStack(all);
  }

  /// Without one of them.
  ///
  /// @param index from 0
  /// @throws EditException if there is no such patch
  public PatchStack without(int index) {
    requireIndex(index);
    List<WeightPatch> rest = new ArrayList<>(patches);
    rest.remove(index);
    return new PatchStack(rest);
  }

  /// With one of them at another place.
  ///
  /// @param from where it is, from 0
  /// @param to where it is to be
  /// @throws EditException if there is no such place
  public PatchStack moved(int from, int to) {
    requireIndex(from);
    requireIndex(to);
    List<WeightPatch> other = new ArrayList<>(patches);
    other.add(to, other.remove(from));
    return new PatchStack(other);
  }

  /// What each does, [WeightPatch#hash], in order.
  public List<String> hashes() {
    return patches.stream().map(WeightPatch::hash).toList();
  }

  /// Throws unless every target exists in the network and every term has its widths.
  ///
  /// @throws EditException naming the first that does not fit
  /// @throws io.lexiscope.model.config.ConfigException if a target does not exist
  public void requireFit(Architecture architecture) {
    for (WeightPatch patch : patches) {
      patch.target().requireIn(architecture);
      int inputs = patch.target().kind().inputs(architecture);
      int outputs = patch.target().kind().outputs(architecture);
      if (patch.inputs() != inputs || patch.outputs() != outputs) {
        throw new EditException(
            "patch: expected terms of %d inputs and %d outputs at %s, got %d and %d"
                .formatted(inputs, outputs, patch.target(), patch.inputs(), patch.outputs()));
      }
    }
  }

  private void requireIndex(int index) {
    if (index < 0 || index >= patches.size()) {
      throw new EditException(
          "patches: expected a number from 0 to %d, got %d".formatted(patches.size() - 1, index));
    }
  }
}
