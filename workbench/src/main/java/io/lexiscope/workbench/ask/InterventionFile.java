package io.lexiscope.workbench.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A saved list of interventions; they apply in order.
///
/// @param version of the form, 1
/// @param model the model it was made on; a remark, not a condition
/// @param notes what it is for
/// @param interventions in order
public record InterventionFile(
    Integer version,
    @Nullable String model,
    @Nullable String notes,
    List<InterventionSpec> interventions) {
  /// The version written.
  public static final int VERSION = 1;

  /// Copies the list and checks the version.
  ///
  /// @throws WorkbenchException of kind `invalid` if the version is not known
  public InterventionFile {
    interventions = List.copyOf(interventions);
    if (version != VERSION) {
      throw WorkbenchException.invalid(
          "version",
          "interventions: expected version %d, got %d; the file is of another release"
              .formatted(VERSION, version));
    }
  }
}
