package io.lexiscope.analysis.tracing;

import io.lexiscope.base.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// Reads every value at one place.
///
/// @param train moments of the prompts that teach
/// @param test moments of those that test
record SiteReadings(Moments train, Moments test) {
  private static final int RANDOM_DIRECTIONS = 20;

  static SiteTrace of(SiteMoments site, TracedPrompts prompts, TargetColumns columns, long seed) {
    return new SiteReadings(site.train(), site.test()).read(site, prompts, columns, seed);
  }

  private SiteTrace read(
      SiteMoments site, TracedPrompts prompts, TargetColumns columns, long seed) {
    SiteFits fits = new SiteFits(train, test);
    SiteFits.Components components = fits.components(ValueTrace.COMPONENTS);
    double[][] ridge = fits.ridge();
    double[][] random = random(train.width(), seed);
    List<SiteTrace.Reading> readings = new ArrayList<>();
    for (int value = 0; value < prompts.names().size(); value++) {
      int one = value;
      List<Double> correlations =
          Arrays.stream(components.directions())
              .map(direction -> test.correlation(direction, one))
              .toList();
      int best = 0;
      for (int k = 1; k < correlations.size(); k++) {
        if (Math.abs(correlations.get(k)) > Math.abs(correlations.get(best))) {
          best = k;
        }
      }
      int shuffled = columns.shuffled(value);
      readings.add(
          new SiteTrace.Reading(
              prompts.names().get(value),
              new SiteTrace.Linear(
                  best + 1,
                  correlations.get(best),
                  correlations,
                  fits.explained(ridge[value], value, test),
                  fits.explained(fits.partialLeastSquares(value), value, test)),
              circles(fits, ridge, columns, value),
              partial(components.directions()[best], prompts.names(), value),
              new SiteTrace.Controls(
                  fits.explained(ridge[shuffled], shuffled, test),
                  Arrays.stream(random)
                      .mapToDouble(direction -> Math.abs(test.correlation(direction, one)))
                      .average()
                      .orElse(0))));
    }
    return new SiteTrace(
        site.layer(),
        site.position(),
        Arrays.stream(components.shares()).boxed().toList(),
        readings);
  }

  private static double[][] random(int width, long seed) {
    RandomGenerator random = Seeded.stream("tracing/random", seed, width);
    double[][] directions = new double[RANDOM_DIRECTIONS][width];
    for (double[] direction : directions) {
      for (int i = 0; i < width; i++) {
        direction[i] = random.nextGaussian();
      }
    }
    return directions;
  }

  private List<SiteTrace.Circle> circles(
      SiteFits fits, double[][] ridge, TargetColumns columns, int value) {
    List<SiteTrace.Circle> circles = new ArrayList<>();
    if (train.targets() < columns.count()) {
      return circles;
    }
    int fixed = TargetColumns.PERIODS.size();
    for (int period = 0; period < fixed; period++) {
      circles.add(
          new SiteTrace.Circle(
              columns.periods().get(period),
              /* free= */ false,
              circle(fits, ridge, columns.cosine(value, period), test)));
    }
    List<Double> taught = new ArrayList<>();
    for (int period = fixed; period < columns.periods().size(); period++) {
      taught.add(circle(fits, ridge, columns.cosine(value, period), train));
    }
    int chosen = fixed + taught.indexOf(Collections.max(taught));
    circles.add(
        new SiteTrace.Circle(
            columns.periods().get(chosen),
            /* free= */ true,
            circle(fits, ridge, columns.cosine(value, chosen), test)));
    return circles;
  }

  /// Share of the variance of a cosine and its sine together.
  private static double circle(SiteFits fits, double[][] ridge, int cosine, Moments judge) {
    double left = 0;
    double all = 0;
    for (int i = cosine; i < cosine + 2; i++) {
      double variance = judge.covariance(judge.width() + i, judge.width() + i);
      // The sine of a whole number at period 2 does not vary but for rounding.
      if (variance > 1e-12) {
        left += variance * (1 - fits.explained(ridge[i], i, judge));
        all += variance;
      }
    }
    return all > 0 ? 1 - left / all : 0;
  }

  private SiteTrace.Partial partial(double[] direction, List<String> names, int value) {
    double whole = test.correlation(direction, value);
    String given = "";
    double least = Math.abs(whole);
    for (int other = 0; other < names.size(); other++) {
      if (other != value) {
        double xz = test.correlation(direction, other);
        double yz = test.correlation(value, other);
        double spread = (1 - xz * xz) * (1 - yz * yz);
        double partial =
            spread > 1e-9 ? Math.signum(whole) * (whole - xz * yz) / Math.sqrt(spread) : 0;
        if (partial < least) {
          least = partial;
          given = names.get(other);
        }
      }
    }
    return new SiteTrace.Partial(given, least);
  }
}
