package io.lexiscope.workbench;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.hook.HookPoint;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.FloatVector;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.workbench.view.InterventionSpec;
import io.lexiscope.workbench.view.WorkbenchException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns interventions of requests into those of the model.
final class InterventionSpecs {
  private static final String FIELD = "interventions";

  private InterventionSpecs() {}

  /// The model with the interventions in force.
  ///
  /// @throws WorkbenchException of kind `invalid` when one says too much, too little or does not
  ///   fit the hook point
  static LanguageModel apply(LanguageModel model, @Nullable List<InterventionSpec> specs) {
    if (specs == null || specs.isEmpty()) {
      return model;
    }
    return model.with(
        new Interventions(specs.stream().map(InterventionSpecs::intervention).toList()));
  }

  private static Intervention intervention(InterventionSpec spec) {
    var positions = spec.positions();
    return new Intervention(
        /* name= */ "",
        /* enabled= */ true,
        target(spec),
        positions == null ? new Where.Everywhere() : new Where.At(positions),
        change(spec));
  }

  private static Target target(InterventionSpec spec) {
    var place = HookName.parse(spec.at());
    var head = spec.head();
    var neuron = spec.neuron();
    if (head != null && neuron != null) {
      throw wrong("a head or a neuron", "both", spec);
    }
    if (head != null) {
      if (place.point() != HookPoint.Z) {
        throw wrong(
            "a head at " + HookPoint.Z.shortName() + " of a layer", "one at " + spec.at(), spec);
      }
      return new Target.Head(place.requireLayer(), head);
    }
    if (neuron != null) {
      if (place.point() != HookPoint.MLP_POST) {
        throw wrong(
            "a neuron at " + HookPoint.MLP_POST.shortName() + " of a layer",
            "one at " + spec.at(),
            spec);
      }
      return new Target.Neuron(place.requireLayer(), neuron);
    }
    return new Target.Place(place);
  }

  private static Change change(InterventionSpec spec) {
    var value = spec.value();
    var vector = spec.vector();
    if ((value == null) == (vector == null)) {
      throw wrong("a value or a vector", value == null ? "neither" : "both", spec);
    }
    if (value != null) {
      return switch (spec.kind()) {
        case SET -> new Change.Set(value);
        case ADD -> new Change.Add(value);
        case SCALE -> new Change.Scale(value);
      };
    }
    return switch (spec.kind()) {
      case SET -> new Change.SetVector(floats(vector));
      case ADD -> new Change.AddVector(floats(vector));
      case SCALE -> throw wrong("a value to scale by", "a vector", spec);
    };
  }

  private static FloatVector floats(@Nullable List<Double> numbers) {
    var floats = new float[numbers == null ? 0 : numbers.size()];
    for (var i = 0; i < floats.length; i++) {
      floats[i] = numbers == null ? 0 : numbers.get(i).floatValue();
    }
    return FloatVector.of(floats);
  }

  private static WorkbenchException wrong(String expected, String got, InterventionSpec spec) {
    return WorkbenchException.invalid(
        FIELD, "intervention: expected " + expected + ", got " + got + " at " + spec.at());
  }
}
