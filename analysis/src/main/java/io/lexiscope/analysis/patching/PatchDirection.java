package io.lexiscope.analysis.patching;

import java.util.Arrays;

/// Which run is changed, and by what.
public enum PatchDirection {
  /// Values of the clean run are put into the corrupt one: what suffices to bring the answer back.
  DENOISING("denoising"),

  /// Values of the corrupt run are put into the clean one: what is needed for the answer.
  NOISING("noising"),

  /// Values of the clean run become 0.
  ZERO("zero"),

  /// Values of the clean run become their mean over a text.
  MEAN("mean");

  private final String label;

  PatchDirection(String label) {
    this.label = label;
  }

  /// The one of a name, in any case of letters.
  ///
  /// @throws PatchException if there is none
  public static PatchDirection named(String name) {
    return Arrays.stream(values())
        .filter(one -> one.label.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PatchException(
                    "patch: expected a direction of %s, got another"
                        .formatted(Arrays.stream(values()).map(PatchDirection::label).toList())));
  }

  /// What it is called in options and results.
  public String label() {
    return label;
  }

  /// Whether the corrupt run is changed.
  boolean changesCorrupt() {
    return this == DENOISING;
  }
}
