package io.lexiscope.model;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/// Tiny model folders that were once read wrongly; each has a `case.md` that says what is right.
public enum FaultCase {
  BOS_WITHOUT_POSTPROCESSOR,
  EOS_LIST,
  LONGROPE_SWITCH,
  NAN_GENERATE,
  SOFTCAP_ATTRIBUTION,
  TOKENS_ONLY_IN_CONFIG,
  UNUSED_WEIGHTS;

  /// The folder of its model.
  public Path folder() {
    String name = name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    try {
      return Path.of(
              Objects.requireNonNull(
                      FaultCase.class.getResource("/faults/" + name + "/model/config.json"), name)
                  .toURI())
          .resolveSibling(".")
          .normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /// Its model, opened.
  @com.google.errorprone.annotations.MustBeClosed
  public LanguageModel open() {
    return LanguageModel.open(folder());
  }
}
