package io.lexiscope.analysis.inversion;

import io.lexiscope.analysis.patching.PatchSweep;
import io.lexiscope.analysis.patching.Variant;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.intervene.Intervention;
import io.lexiscope.model.intervene.Interventions;
import io.lexiscope.model.intervene.Target;
import io.lexiscope.model.intervene.Where;
import io.lexiscope.model.place.HeadName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.place.Position;
import java.util.ArrayList;
import java.util.List;

/// Which heads carry what is asked about: outputs of heads are set, together, to those of a prompt
/// with another answer. What is measured is `LD = logit(answer) − logit(foil)` of the original
/// prompt; where all that carries the difference is patched, it turns round.
///
/// @param none LD without a patch, its mean over pairs
/// @param patched LD with each set of heads patched
/// @see <a href="https://arxiv.org/abs/2405.17653">Huang et al. 2024</a>, activation patching of
///   the case studies
public record HeadPatches(Estimate none, List<Estimate> patched) {

  /// Copies the list.
  public HeadPatches {
    patched = List.copyOf(patched);
  }

  /// Measures sets of heads.
  ///
  /// @param model with what is in force in every run
  /// @param pairs at least one
  /// @param sets the heads of each are patched together
  /// @param turn is asked before each pair, and hears how many are done
  public static HeadPatches measure(
      LanguageModel model, List<ContrastPair> pairs, List<List<HeadAt>> sets, Turn turn) {
    double[][] values = new double[1 + sets.size()][pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      ContrastPair pair = pairs.get(i);
      double[] one = turn.take(() -> differences(model, pair, sets));
      for (int set = 0; set < one.length; set++) {
        values[set][i] = one[set];
      }
      turn.progress(i + 1, pairs.size(), "pairs");
    }
    List<Estimate> patched = new ArrayList<>();
    for (int set = 1; set < values.length; set++) {
      patched.add(Estimate.mean(values[set]));
    }
    return new HeadPatches(Estimate.mean(values[0]), patched);
  }

  /// Sets that grow by a head at a time, `a0.0`, `a0.0 a0.1`, …: the published order.
  ///
  /// @param heads in the order in which they join
  /// @param position of all of them, negative from the end
  public static List<List<HeadAt>> growing(List<HeadName> heads, int position) {
    List<List<HeadAt>> sets = new ArrayList<>();
    for (int end = 1; end <= heads.size(); end++) {
      sets.add(heads.subList(0, end).stream().map(head -> new HeadAt(head, position)).toList());
    }
    return sets;
  }

  /// What each set takes off that the one before does not; LD is taken off by a patch that matters.
  public List<Double> increments() {
    List<Double> increments = new ArrayList<>();
    double before = none.value();
    for (Estimate estimate : patched) {
      increments.add(before - estimate.value());
      before = estimate.value();
    }
    return increments;
  }

  private static double[] differences(
      LanguageModel model, ContrastPair pair, List<List<HeadAt>> sets) {
    List<Variant> variants = new ArrayList<>();
    try (Run contrast = model.run(pair.contrast(), Recording.of(HookPoint.Z))) {
      for (List<HeadAt> set : sets) {
        List<Intervention> patches = new ArrayList<>();
        int first = pair.original().size() - 1;
        for (HeadAt at : set) {
          var place = HookPoint.Z.at(at.head().layer());
          patches.add(
              Intervention.patch(new Target.Head(place, at.head().head()), contrast.rows(place))
                  .at(new Where.At(List.of(at.position()))));
          first = Math.min(first, Position.from0(at.position(), pair.original().size()));
        }
        variants.add(new Variant(new Interventions(patches), first));
      }
    }
    double[] differences = new double[1 + sets.size()];
    float[] plain =
        new PatchSweep(model, pair.original(), /* read= */ -1)
            .run(
                variants,
                Turn.immediately(),
                (set, logits) -> differences[1 + set] = difference(logits, pair));
    differences[0] = difference(plain, pair);
    return differences;
  }

  private static double difference(float[] logits, ContrastPair pair) {
    return (double) logits[pair.answer()] - logits[pair.foil()];
  }
}
