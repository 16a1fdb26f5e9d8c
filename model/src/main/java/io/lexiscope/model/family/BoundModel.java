package io.lexiscope.model.family;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.matrix.ModelWeights;
import io.lexiscope.model.weights.StoredTensor;
import java.util.List;

/// A network whose every weight was found.
///
/// @param architecture what was asked for, corrected where only the weights can tell: a head said
///   to be tied that is stored with other numbers, and which heads an encoder has
/// @param weights the weights, each a slice of the checkpoint's mapping
/// @param unused names of tensors that no place was found for, known buffers left out; empty for a
///   checkpoint that is understood entirely
public record BoundModel(
    Architecture architecture, ModelWeights<StoredTensor> weights, List<String> unused) {

  /// Copies the list.
  public BoundModel {
    unused = List.copyOf(unused);
  }

  /// Number of learned numbers, tied ones counted once.
  public long parameters() {
    return weights.all().stream().mapToLong(StoredTensor::elements).sum();
  }
}
