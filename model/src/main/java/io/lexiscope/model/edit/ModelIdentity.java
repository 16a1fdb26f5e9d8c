package io.lexiscope.model.edit;

import io.lexiscope.base.Digest;
import java.util.List;

/// Which numbers a model computes with: its weights and what is laid over them. The one key of
/// everything that is kept or compared by model: indexes, rules, means, self-checks, provenance.
///
/// @param weights SHA-256 of the weights, hexadecimal, as
///   [io.lexiscope.model.weights.Checkpoint#contentHash] gives it
/// @param patches what each patch over them does, [WeightPatch#hash], in order
public record ModelIdentity(String weights, List<String> patches) {

  /// Copies the list.
  public ModelIdentity {
    patches = List.copyOf(patches);
  }

  /// Of a model as its files are.
  public static ModelIdentity of(String weights) {
    return new ModelIdentity(weights, List.of());
  }

  /// Whether something is laid over the weights.
  public boolean edited() {
    return !patches.isEmpty();
  }

  /// Sixty-four hexadecimal digits: the hash of the weights where nothing is laid over them.
  public String key() {
    return edited()
        ? Digest.sha256().add(weights + "\n" + String.join("\n", patches)).hex()
        : weights;
  }
}
