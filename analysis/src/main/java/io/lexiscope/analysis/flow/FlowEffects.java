package io.lexiscope.analysis.flow;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Logits;
import io.lexiscope.model.Rows;
import io.lexiscope.model.RunBatch;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Change;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What switching each shown head and MLP off does to the prediction, each in a pass of its own,
/// and how well the graph foretold it.
///
/// @param nodes the effects, by the order of the graph
/// @param correlation of the pushes with the effects, over nodes at the position of the prediction;
///   null for fewer than three, or where either does not vary
/// @param influenceCorrelation of the influences with the absolute effects, over all of them; null
///   likewise
public record FlowEffects(
    List<FlowEffect> nodes, @Nullable Double correlation, @Nullable Double influenceCorrelation) {
  private static final int ROWS = 16;

  /// Copies the list.
  public FlowEffects {
    nodes = List.copyOf(nodes);
  }

  /// Switches nodes off, one at a time.
  ///
  /// @param model under the interventions in force
  /// @param turn is asked before each pass
  public static FlowEffects measure(
      LanguageModel model, TokenIds ids, FlowGraph graph, FlowQuestion question, Turn turn) {
    List<FlowNode> shown =
        graph.nodes().stream()
            .filter(node -> node.kind() == FlowKind.HEAD || node.kind() == FlowKind.MLP)
            .toList();
    List<FlowEffect> effects = new ArrayList<>();
    for (int from = 0; from < shown.size(); from += ROWS) {
      List<FlowNode> some = shown.subList(from, Math.min(from + ROWS, shown.size()));
      turn.progress(from, shown.size(), "nodes");
      effects.addAll(turn.take(() -> batch(model, ids, some, question)));
    }
    List<double[]> direct = new ArrayList<>();
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      double effect = effects.get(i).logits();
      Double push = shown.get(i).push();
      if (push != null) {
        direct.add(new double[] {push, effect});
      }
      all.add(new double[] {shown.get(i).influence(), Math.abs(effect)});
    }
    return new FlowEffects(effects, correlation(direct), correlation(all));
  }

  private static List<FlowEffect> batch(
      LanguageModel model, TokenIds ids, List<FlowNode> nodes, FlowQuestion question) {
    List<Interventions> each = new ArrayList<>(List.of(Interventions.none()));
    nodes.forEach(node -> each.add(Interventions.of(off(node))));
    List<FlowEffect> effects = new ArrayList<>();
    try (RunBatch runs =
        model.run(Rows.of(ids, each.toArray(Interventions[]::new)), Recording.nothing())) {
      double whole = metric(runs.row(0).logits(question.position()), question);
      for (int i = 0; i < nodes.size(); i++) {
        double without = metric(runs.row(i + 1).logits(question.position()), question);
        effects.add(new FlowEffect(nodes.get(i).id(), whole - without));
      }
    }
    return effects;
  }

  private static Intervention off(FlowNode node) {
    int layer = Objects.requireNonNull(node.layer());
    Target target =
        node.kind() == FlowKind.HEAD
            ? new Target.Head(layer, Objects.requireNonNull(node.head()))
            : new Target.Place(HookPoint.MLP_OUT.at(layer));
    return Intervention.of(target, new Change.Scale(0)).at(new Where.At(List.of(node.position())));
  }

  private static double metric(Logits logits, FlowQuestion question) {
    Integer against = question.against();
    if (against != null) {
      return (double) logits.of(question.target()) - logits.of(against);
    }
    double sum = 0;
    for (float logit : logits.toFloats()) {
      sum += logit;
    }
    return logits.of(question.target()) - sum / logits.size();
  }

  private static @Nullable Double correlation(List<double[]> pairs) {
    int n = pairs.size();
    if (n < 3) {
      return null;
    }
    double x = pairs.stream().mapToDouble(pair -> pair[0]).sum() / n;
    double y = pairs.stream().mapToDouble(pair -> pair[1]).sum() / n;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (double[] pair : pairs) {
      xy += (pair[0] - x) * (pair[1] - y);
      xx += (pair[0] - x) * (pair[0] - x);
      yy += (pair[1] - y) * (pair[1] - y);
    }
    double scale = Math.sqrt(xx * yy);
    return scale > 0 ? Double.valueOf(xy / scale) : null;
  }
}
