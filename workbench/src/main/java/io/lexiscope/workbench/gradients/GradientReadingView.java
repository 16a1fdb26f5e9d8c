package io.lexiscope.workbench.gradients;

import io.lexiscope.analysis.gradient.GradientReading;

/// How vectors became words.
///
/// @param name which reading
/// @param description what is done
public record GradientReadingView(GradientReading name, String description) {
  static GradientReadingView of(GradientReading name) {
    return new GradientReadingView(name, name.description());
  }
}
