package io.lexiscope.workbench.intervene;

import static io.lexiscope.workbench.intervene.InterventionSpecs.wrong;

import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.StepRange;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.InterventionWhere;
import java.util.ArrayList;
import java.util.List;

/// Where an intervention of a request applies.
final class InterventionScopes {
  private InterventionScopes() {}

  /// @throws io.lexiscope.model.intervene.InterventionException if a list is empty or a range runs
  ///   backwards
  static Where of(InterventionSpec spec) {
    var parts = new ArrayList<Where>();
    var positions = spec.positions();
    if (positions != null) {
      parts.add(new Where.At(positions));
    }
    var where = spec.where();
    if (where != null) {
      addPositions(where, parts);
      addSteps(where, parts);
    }
    return switch (parts.size()) {
      case 0 -> new Where.Everywhere();
      case 1 -> parts.getFirst();
      default -> new Where.All(parts);
    };
  }

  private static void addPositions(InterventionWhere where, List<Where> parts) {
    var from = where.from();
    var to = where.to();
    if (from != null && to != null && (from < 0) == (to < 0) && from > to) {
      throw wrong("positions in rising order in where", from + " to " + to);
    }
    if (from != null) {
      parts.add(new Where.From(from));
    }
    if (to != null) {
      parts.add(new Where.To(to));
    }
    var part = where.part();
    if (part != null) {
      parts.add(
          switch (part) {
            case PROMPT -> new Where.Prompt();
            case GENERATED -> new Where.Generated();
          });
    }
  }

  private static void addSteps(InterventionWhere where, List<Where> parts) {
    var steps = where.steps();
    if (steps != null) {
      if (steps.isEmpty()) {
        throw wrong("at least one generation step", "an empty list; leave steps out for all");
      }
      parts.add(
          new Where.Any(
              steps.stream()
                  .<Where>map(step -> new Where.Steps(new StepRange(step, step)))
                  .toList()));
    }
    if (where.fromStep() != null || where.toStep() != null) {
      parts.add(
          new Where.Steps(
              new StepRange(
                  where.fromStep() == null ? 0 : where.fromStep(),
                  where.toStep() == null ? Integer.MAX_VALUE : where.toStep())));
    }
  }
}
