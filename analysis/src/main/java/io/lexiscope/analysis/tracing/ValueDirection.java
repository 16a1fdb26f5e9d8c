package io.lexiscope.analysis.tracing;

import io.lexiscope.base.FloatVector;
import io.lexiscope.base.Seeded;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A unit vector at a place along which a value is kept, and how its score follows the value.
///
/// @param place hook point and block
/// @param positions the positions that it spans, in rising order
/// @param parts of the vector at each position, \[d_model\] each; squares sum to 1
/// @param scale from values to scores
public record ValueDirection(
    HookName place, List<Integer> positions, List<FloatVector> parts, Scale scale) {
  /// Copies the lists.
  public ValueDirection {
    positions = List.copyOf(positions);
    parts = List.copyOf(parts);
  }

  /// How a direction is found.
  public enum Kind {
    /// The principal component that correlates most.
    COMPONENT("component"),

    /// The weights of a ridge regression of the value on activations.
    RIDGE("ridge"),

    /// How activations follow the value: their covariance with it.
    PATTERN("pattern");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /// Its name in requests.
    public String label() {
      return label;
    }

    /// The kind of a name.
    ///
    /// @throws TracingException if there is none
    public static Kind named(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.label.equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TracingException(
                      "move: expected a direction of component, ridge and pattern, got %s; choose one of them"
                          .formatted(name)));
    }
  }

  /// `score = (h − μ)·u`, and its regression on the value over the prompts that teach.
  ///
  /// @param mean `μ·u`
  /// @param at value of the score's zero
  /// @param slope score of one unit of the value
  /// @param correlation of score and value on the prompts that test
  public record Scale(double mean, double at, double slope, double correlation) {
    /// The score of a value.
    public double score(double value) {
      return slope * (value - at);
    }
  }

  /// Fits a direction for a value.
  ///
  /// @param layer from 0
  /// @param position from 0; null for all positions joined
  /// @param value its name
  /// @throws TracingException if the place does not fit, or says nothing of the value
  public static ValueDirection fit(
      LanguageModel model,
      TracedPrompts prompts,
      HookPoint at,
      int layer,
      @Nullable Integer position,
      String value,
      Kind kind,
      Turn turn) {
    SiteFits fits = fits(model, prompts, at, layer, position, turn);
    int target = prompts.indexOf(value);
    double[] direction =
        turn.take(
            () ->
                switch (kind) {
                  case COMPONENT -> component(fits, target);
                  case RIDGE -> fits.ridge()[target];
                  case PATTERN -> fits.train().with(target);
                });
    return of(model, fits, direction, at.at(layer), position, target);
  }

  private static double[] component(SiteFits fits, int target) {
    double[][] all = fits.components(ValueTrace.COMPONENTS).directions();
    double[] best = all[0];
    for (double[] direction : all) {
      if (Math.abs(fits.train().correlation(direction, target))
          > Math.abs(fits.train().correlation(best, target))) {
        best = direction;
      }
    }
    return best;
  }

  /// The moments of one place.
  static SiteFits fits(
      LanguageModel model,
      TracedPrompts prompts,
      HookPoint at,
      int layer,
      @Nullable Integer position,
      Turn turn) {
    new ValueTrace.Places(at, List.of(layer), position != null, position == null).requireFit(model);
    if (position != null && (position < 0 || position >= prompts.length())) {
      throw new TracingException(
          "move: expected a position from 0 to %d, got %d; choose among them"
              .formatted(prompts.length() - 1, position));
    }
    long width = (position == null ? prompts.length() : 1L) * model.architecture().dModel();
    String refused = position == null ? ValueTrace.whyNotJoined(width, 2, 1) : null;
    if (refused != null) {
      throw new TracingException(
          "move: expected a place that can be taken apart, got all positions joined at %s; name a position. %s"
              .formatted(at.at(layer), refused));
    }
    TargetColumns columns = TargetColumns.valuesOnly(prompts);
    SiteMoments site = SiteMoments.of(layer, position, Math.toIntExact(width), columns.count());
    SiteMoments.stream(model, prompts, columns, at, List.of(site), turn);
    return new SiteFits(site.train(), site.test());
  }

  /// The unit vector of a direction, with its scale.
  static ValueDirection of(
      LanguageModel model,
      SiteFits fits,
      double[] direction,
      HookName place,
      @Nullable Integer position,
      int target) {
    Moments train = fits.train();
    double length = Math.sqrt(Moments.dot(direction, direction));
    if (!(length > 0)) {
      throw new TracingException(
          "move: expected activations that follow the value, got none at %s; choose another place"
              .formatted(place));
    }
    int dModel = model.architecture().dModel();
    double[] unit = Arrays.stream(direction).map(number -> number / length).toArray();
    List<Integer> positions = new ArrayList<>();
    List<FloatVector> parts = new ArrayList<>();
    for (int p = 0; p < unit.length / dModel; p++) {
      float[] part = new float[dModel];
      for (int i = 0; i < dModel; i++) {
        part[i] = (float) unit[p * dModel + i];
      }
      positions.add(position == null ? Integer.valueOf(p) : position);
      parts.add(FloatVector.of(part));
    }
    double mean = 0;
    for (int i = 0; i < unit.length; i++) {
      mean += unit[i] * train.mean(i);
    }
    int column = train.width() + target;
    double slope = Moments.dot(unit, train.with(target)) / train.covariance(column, column);
    return new ValueDirection(
        place,
        positions,
        parts,
        new Scale(mean, train.mean(column), slope, fits.test().correlation(unit, target)));
  }

  /// A direction of the same place drawn at random.
  ValueDirection random(long seed) {
    RandomGenerator random = Seeded.stream("tracing/move", seed, /* index= */ 0);
    List<float[]> drawn = new ArrayList<>();
    double square = 0;
    for (FloatVector part : parts) {
      float[] numbers = new float[part.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) random.nextGaussian();
        square += (double) numbers[i] * numbers[i];
      }
      drawn.add(numbers);
    }
    double length = Math.sqrt(square);
    return new ValueDirection(
        place,
        positions,
        drawn.stream().map(numbers -> FloatVector.of(numbers).times(1 / length)).toList(),
        scale);
  }

  /// `h·u` of one prompt.
  ///
  /// @param value \[pos · d_model\] of the prompt
  double projection(float[] value) {
    double sum = 0;
    for (int p = 0; p < positions.size(); p++) {
      float[] part = parts.get(p).toArray();
      int from = positions.get(p) * part.length;
      for (int i = 0; i < part.length; i++) {
        sum += (double) part[i] * value[from + i];
      }
    }
    return sum;
  }

  /// What moves a prompt along the direction.
  ///
  /// @param by how far, in the units of a score
  Interventions moved(double by) {
    List<Intervention> all = new ArrayList<>();
    for (int p = 0; p < positions.size(); p++) {
      all.add(
          Intervention.of(new Target.Place(place), new Change.AddVector(parts.get(p).times(by)))
              .at(new Where.At(List.of(positions.get(p)))));
    }
    return Interventions.of(all.toArray(Intervention[]::new));
  }
}
