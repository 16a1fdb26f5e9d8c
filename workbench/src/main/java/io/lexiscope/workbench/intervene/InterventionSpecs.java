package io.lexiscope.workbench.intervene;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.hook.HookException;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.InterventionException;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.model.place.PlaceException;
import io.lexiscope.model.tokenizer.TokenizerException;
import io.lexiscope.workbench.ask.InterventionKind;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.InterventionUnits;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns interventions of requests into those of the model.
public final class InterventionSpecs {
  private static final String FIELD = "interventions";

  private InterventionSpecs() {}

  /// The model with the interventions in force; the provenance of results will list them.
  ///
  /// @param work gives the passes that means take their turns, hears of them, and ends them
  /// @throws WorkbenchException of kind `invalid` when one says too much, too little or does not
  ///   fit the model, whether it is switched on or not
  public static LanguageModel apply(
      OpenModel open, @Nullable List<InterventionSpec> specs, Work work) {
    if (specs == null || specs.isEmpty()) {
      return open.model();
    }
    var taken = new ArrayList<InterventionSpec>();
    var all = of(open.model(), specs, new InterventionMeans.Of(open, work), taken);
    open.recordInForce(taken.stream().filter(InterventionSpec::inForce).toList());
    return open.model().with(all);
  }

  /// The interventions of a list without means, in order; those switched off are checked and
  /// disabled.
  ///
  /// @throws WorkbenchException as above; the message names the entry of the list
  public static Interventions of(LanguageModel model, List<InterventionSpec> specs) {
    return of(model, specs, new InterventionMeans.None(), new ArrayList<>());
  }

  /// @param taken gets the entries as they are recorded: with the source of each mean
  private static Interventions of(
      LanguageModel model,
      List<InterventionSpec> specs,
      InterventionMeans means,
      List<InterventionSpec> taken) {
    var all = new ArrayList<Intervention>();
    for (var i = 0; i < specs.size(); i++) {
      var spec = specs.get(i);
      try {
        var some =
            spec.kind() == InterventionKind.MEAN
                ? meaning(model, spec, means, taken)
                : each(model, spec, taken);
        some.requireFit(model.architecture());
        all.addAll(some.list());
      } catch (WorkbenchException e) {
        throw e.kind() == ProblemKind.CANCELLED
            ? e
            : new WorkbenchException(
                ProblemKind.INVALID, place(i, spec) + ": " + reason(e), FIELD, e);
      } catch (InterventionException | HookException | PlaceException | TokenizerException e) {
        throw new WorkbenchException(
            ProblemKind.INVALID, place(i, spec) + ": " + reason(e), FIELD, e);
      }
    }
    return new Interventions(all);
  }

  /// Refuses interventions at positions that a pass does not have.
  ///
  /// @param model with the interventions in force
  /// @param prompt positions of the prompt
  /// @param whole positions of the prompt and of what follows it
  /// @throws WorkbenchException of kind `invalid` when one names a position that is not there
  public static void requireMet(LanguageModel model, int prompt, int whole) {
    for (Intervention one : model.interventions().list()) {
      for (int position : one.enabled() ? one.where().named(prompt) : List.<Integer>of()) {
        if (position >= whole) {
          throw WorkbenchException.invalid(
              FIELD,
              "%s%s: expected positions below %d, the tokens of the pass, got %d"
                  .formatted(
                      FIELD,
                      one.name().isBlank() ? "" : " (" + one.name().strip() + ")",
                      whole,
                      position));
        }
      }
    }
  }

  /// A neuron of a name such as L3N12.
  ///
  /// @throws PlaceException if it is no such name
  public static Target.Neuron neuron(String text) {
    var name = NeuronName.parse(text);
    return new Target.Neuron(name.layer(), name.index());
  }

  private static String place(int index, InterventionSpec spec) {
    var name = spec.name();
    return FIELD
        + "["
        + index
        + "]"
        + (name == null || name.isBlank() ? "" : " (" + name.strip() + ")");
  }

  /// What is wrong, without the operation that the place stands for.
  private static String reason(RuntimeException e) {
    var message = String.valueOf(e.getMessage());
    return message.startsWith("intervention: ")
        ? message.substring("intervention: ".length())
        : message;
  }

  private static Interventions each(
      LanguageModel model, InterventionSpec spec, List<InterventionSpec> taken) {
    if (spec.mean() != null) {
      throw wrong("mean beside the kind mean only", "it beside another");
    }
    var change = InterventionChanges.of(model, spec);
    taken.add(spec);
    return new Interventions(targets(spec).stream().map(t -> one(spec, t, change)).toList());
  }

  private static Intervention one(InterventionSpec spec, Target target, Change change) {
    var name = spec.name() == null ? "" : spec.name();
    return new Intervention(name, spec.inForce(), target, InterventionScopes.of(spec), change);
  }

  private static Interventions meaning(
      LanguageModel model,
      InterventionSpec spec,
      InterventionMeans means,
      List<InterventionSpec> taken) {
    if (spec.value() != null || spec.vector() != null) {
      throw wrong(
          "no value and no vector beside a mean", spec.value() != null ? "a value" : "a vector");
    }
    var targets = targets(spec);
    // What does not exist is refused before anything is measured.
    new Interventions(targets.stream().map(t -> one(spec, t, new Change.Scale(0))).toList())
        .requireFit(model.architecture());
    var list = new ArrayList<Intervention>();
    var found = means.of(targets.stream().map(Target::place).distinct().toList(), spec);
    for (var target : targets) {
      var mean = found.at(target.place());
      list.add(
          one(
              spec,
              target,
              spec.direction() == null
                  ? mean.of(target)
                  : mean.along(InterventionChanges.direction(model, spec.direction()))));
    }
    taken.add(spec.meaning(found.source()));
    return new Interventions(list);
  }

  private static List<Target> targets(InterventionSpec spec) {
    var at = spec.at();
    var neurons = spec.neurons();
    var heads = spec.heads();
    var given = (at == null ? 0 : 1) + (neurons == null ? 0 : 1) + (heads == null ? 0 : 1);
    if (given != 1) {
      throw wrong("one of at, neurons and heads", given == 0 ? "none" : given + " of them");
    }
    List<Target> targets;
    if (neurons != null) {
      targets = neurons.stream().map(name -> inUnits(neuron(name), spec)).toList();
    } else if (heads != null) {
      targets = heads.stream().map(InterventionSpecs::head).toList();
    } else {
      targets = List.of(single(HookName.parse(String.valueOf(at)), spec));
    }
    if (targets.isEmpty()) {
      throw wrong("at least one in " + (neurons == null ? "heads" : "neurons"), "an empty list");
    }
    if (targets.stream().distinct().count() < targets.size()) {
      throw wrong(
          "each of " + (neurons == null ? "heads" : "neurons") + " once", "one of them twice");
    }
    if (at == null && (spec.head() != null || spec.neuron() != null)) {
      throw wrong("head and neuron beside at only", "one beside a list");
    }
    if (spec.units() != null
        && !(targets.getFirst() instanceof Target.Neuron)
        && !(targets.getFirst() instanceof Target.NeuronInput)) {
      throw wrong("units for neurons only", "them at " + targets.getFirst().place());
    }
    return targets;
  }

  private static Target head(String name) {
    var head = HeadName.parse(name);
    return new Target.Head(head.layer(), head.head());
  }

  private static Target inUnits(Target.Neuron neuron, InterventionSpec spec) {
    return spec.units() == InterventionUnits.PRE_ACTIVATION
        ? new Target.NeuronInput(neuron.layer(), neuron.index())
        : neuron;
  }

  private static Target single(HookName place, InterventionSpec spec) {
    var head = spec.head();
    var neuron = spec.neuron();
    if (head != null && neuron != null) {
      throw wrong("a head or a neuron", "both at " + spec.at());
    }
    if (head != null) {
      if (place.point() != HookPoint.Z) {
        throw wrong("a head at " + HookPoint.Z.shortName() + " of a layer", "one at " + spec.at());
      }
      return new Target.Head(place.requireLayer(), head);
    }
    if (neuron == null) {
      return new Target.Place(place);
    }
    if (place.point() == HookPoint.MLP_PRE) {
      if (spec.units() == InterventionUnits.POST_ACTIVATION) {
        throw wrong("post-activation units at " + HookPoint.MLP_POST.shortName(), spec.at());
      }
      return new Target.NeuronInput(place.requireLayer(), neuron);
    }
    if (place.point() != HookPoint.MLP_POST) {
      throw wrong(
          "a neuron at %s or %s of a layer"
              .formatted(HookPoint.MLP_POST.shortName(), HookPoint.MLP_PRE.shortName()),
          "one at " + spec.at());
    }
    return inUnits(new Target.Neuron(place.requireLayer(), neuron), spec);
  }

  /// A slip in what an intervention says.
  static InterventionException wrong(String expected, @Nullable String got) {
    return new InterventionException("intervention: expected " + expected + ", got " + got);
  }
}
