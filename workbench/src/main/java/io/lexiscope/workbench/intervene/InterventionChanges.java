package io.lexiscope.workbench.intervene;

import static io.lexiscope.workbench.intervene.InterventionSpecs.wrong;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.WordDirection;
import io.lexiscope.workbench.ask.DirectionSpec;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.WordSpace;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an intervention of a request does to the numbers of its target.
final class InterventionChanges {
  private InterventionChanges() {}

  /// @throws io.lexiscope.model.intervene.InterventionException if value, vector and direction are
  ///   not what the kind takes
  static Change of(LanguageModel model, InterventionSpec spec) {
    var value = spec.value();
    var vector = spec.vector();
    var direction = spec.direction();
    if (value != null && !Double.isFinite(value)) {
      throw wrong("a finite value", value.toString());
    }
    if (spec.kind() == InterventionKind.ABLATE) {
      if (value != null || vector != null) {
        throw wrong(
            "no value and no vector to ablate with", value != null ? "a value" : "a vector");
      }
      return direction == null
          ? new Change.Scale(0)
          : new Change.ScaleAlong(direction(model, direction), /* factor= */ 0);
    }
    if (direction != null) {
      if (value == null || vector != null) {
        throw wrong("a value along the direction", value == null ? "none" : "a vector too");
      }
      return along(spec.kind(), direction(model, direction), value);
    }
    if ((value == null) == (vector == null)) {
      throw wrong("a value or a vector", value == null ? "neither" : "both");
    }
    return value != null ? number(spec.kind(), value) : vector(spec.kind(), floats(vector));
  }

  private static Change number(InterventionKind kind, double value) {
    return switch (kind) {
      case SET -> new Change.Set(value);
      case ADD -> new Change.Add(value);
      case SCALE, ABLATE, MEAN -> new Change.Scale(value);
    };
  }

  private static Change vector(InterventionKind kind, FloatVector vector) {
    return switch (kind) {
      case SET -> new Change.SetVector(vector);
      case ADD -> new Change.AddVector(vector);
      case SCALE, ABLATE, MEAN -> throw wrong("a value to scale by", "a vector");
    };
  }

  private static Change along(InterventionKind kind, FloatVector direction, double value) {
    return switch (kind) {
      case SET -> new Change.SetAlong(direction, value);
      case ADD -> new Change.AddVector(direction.times(value / requireLength(direction)));
      case SCALE, ABLATE, MEAN -> new Change.ScaleAlong(direction, value);
    };
  }

  private static double requireLength(FloatVector direction) {
    var length = direction.length();
    if (!(length > 0)) {
      throw wrong("a direction of a length above 0", "one of length " + length);
    }
    return length;
  }

  static FloatVector direction(LanguageModel model, DirectionSpec spec) {
    var words = spec.words();
    if ((spec.vector() == null) == (words == null)) {
      throw wrong("a direction by vector or by words", words == null ? "neither" : "both");
    }
    if (words == null) {
      if (spec.minus() != null || spec.space() != null) {
        throw wrong("minus and space beside words only", "one beside a vector");
      }
      return floats(spec.vector());
    }
    var minus = spec.minus() == null ? List.<String>of() : spec.minus();
    return new WordDirection(
            spec.space() == WordSpace.EMBEDDING
                ? WordDirection.Space.EMBEDDING
                : WordDirection.Space.UNEMBEDDING,
            ids(model, words),
            ids(model, minus))
        .in(model.transformer());
  }

  private static List<Integer> ids(LanguageModel model, List<String> words) {
    return words.stream()
        .map(word -> Prompts.token("intervention", model, "interventions", word))
        .toList();
  }

  private static FloatVector floats(@Nullable List<Double> numbers) {
    var floats = new float[numbers == null ? 0 : numbers.size()];
    for (var i = 0; i < floats.length; i++) {
      floats[i] = numbers == null ? 0 : numbers.get(i).floatValue();
      if (!Float.isFinite(floats[i])) {
        throw wrong("finite numbers in the vector", floats[i] + " at index " + i);
      }
    }
    return FloatVector.of(floats);
  }
}
