package io.lexiscope.analysis.tracing;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How well each value can be read at one place.
///
/// @param layer from 0
/// @param position from 0; null where all positions are joined to one vector, as published
/// @param variance shares that the principal components have of the variance, largest first
/// @param values in the order of the prompts' names
public record SiteTrace(
    int layer, @Nullable Integer position, List<Double> variance, List<Reading> values) {
  /// Copies the lists.
  public SiteTrace {
    variance = List.copyOf(variance);
    values = List.copyOf(values);
  }

  /// A value at the place. All numbers are of prompts that test.
  ///
  /// @param value its name
  /// @param linear along one direction
  /// @param circles at each fixed period, then at the best free one; none where all positions are
  ///   joined
  /// @param partial what the best component says of it beyond any one other value
  /// @param controls what says nothing
  public record Reading(
      String value, Linear linear, List<Circle> circles, Partial partial, Controls controls) {
    /// Copies the list.
    public Reading {
      circles = List.copyOf(circles);
    }

    /// The best of the circles; empty where all positions are joined.
    public Optional<Circle> circle() {
      return circles.stream().max(Comparator.comparingDouble(Circle::explained));
    }
  }

  /// Along one direction.
  ///
  /// @param component of the largest |r|, from 1
  /// @param pearson its correlation, −1 to 1
  /// @param components correlation of each component, by falling variance
  /// @param ridge share of variance that a ridge regression explains
  /// @param pls the same by partial least squares
  public record Linear(
      int component, double pearson, List<Double> components, double ridge, double pls) {
    /// Copies the list.
    public Linear {
      components = List.copyOf(components);
    }
  }

  /// On a circle: `cos(2πv/p)` and `sin(2πv/p)`.
  ///
  /// @param period p
  /// @param free whether it was chosen among many by the prompts that teach
  /// @param explained share of the variance of both that a ridge regression explains
  public record Circle(double period, boolean free, double explained) {}

  /// The least correlation of the best component with the value that is left when one other value
  /// is held fixed, with the sign of the whole correlation: below 0 where it turns round.
  ///
  /// @param given the other value; empty where there is none
  /// @param least −1 to 1
  public record Partial(String given, double least) {}

  /// What says nothing.
  ///
  /// @param shuffled share of variance that a ridge regression on shuffled values explains
  /// @param random mean |r| of random directions
  public record Controls(double shuffled, double random) {}
}
