package io.lexiscope.model.generate;

import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.ExtremeLogits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Follows several continuations side by side; they share the prompt's keys and values, computed
/// once.
///
/// @param next gives the logits
/// @param decoding how far to go and where to stop
/// @param width how many continuations are followed
record BeamSearch(NextLogits next, Decoding decoding, int width) {

  /// A continuation so far.
  private record Beam(List<Generation.Step> steps, double logProbability, int row) {
    Beam plus(Generation.Step step, double added, int from) {
      List<Generation.Step> longer = new ArrayList<>(steps);
      longer.add(step);
      return new Beam(longer, logProbability + added, from);
    }

    double score() {
      return steps.isEmpty() ? 0 : logProbability / steps.size();
    }
  }

  /// @return the steps of the best continuation
  List<Generation.Step> decode(TokenIds prompt) {
    next.requireRoom(decoding.tokens());
    if (decoding.tokens() == 0) {
      return List.of();
    }
    int capacity = prompt.size() + decoding.tokens();
    try (KvCache cache = KvCache.branching(next.transformer(), width, capacity)) {
      List<float[]> first = next.of(TokenBatch.of(prompt), cache);
      List<Beam> start = List.of(new Beam(List.of(), 0, 0));
      List<Beam> finished = new ArrayList<>();
      List<Beam> going = advance(start, first, finished);
      if (going.isEmpty() || decoding.tokens() == 1) {
        return best(going, finished);
      }
      cache.branch(going.size());
      return follow(going, finished, cache);
    }
  }

  private List<Generation.Step> follow(List<Beam> start, List<Beam> finished, KvCache cache) {
    int rows = start.size();
    List<Beam> going = start;
    for (int i = 1; i < decoding.tokens() && !going.isEmpty(); i++) {
      cache.reorder(sources(going, rows));
      List<Beam> rowed = going;
      List<TokenIds> last = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        // Rows beyond the beams that still go repeat the first; nobody reads them.
        Beam beam = rowed.get(row < rowed.size() ? row : 0);
        last.add(TokenIds.of(beam.steps().getLast().id()));
      }
      List<float[]> logits = next.of(new TokenBatch(last, /* padding= */ 0), cache);
      going = advance(rowed, logits, finished);
      if (surelyDone(going, finished)) {
        break;
      }
    }
    return best(going, finished);
  }

  private static int[] sources(List<Beam> beams, int rows) {
    int[] sources = new int[rows];
    for (int row = 0; row < rows; row++) {
      sources[row] = beams.get(row < beams.size() ? row : 0).row();
    }
    return sources;
  }

  private List<Beam> advance(List<Beam> beams, List<float[]> logits, List<Beam> finished) {
    List<Beam> candidates = new ArrayList<>();
    for (int row = 0; row < beams.size(); row++) {
      float[] numbers = logits.get(row);
      double logSumExp = TokenChooser.logSumExp(numbers);
      int[] ids = ExtremeLogits.largest(numbers, width + decoding.stopAt().size());
      List<Generation.Alternative> alternatives = new ArrayList<>();
      for (int id : ExtremeLogits.largest(numbers, decoding.alternatives())) {
        alternatives.add(new Generation.Alternative(id, Math.exp(numbers[id] - logSumExp)));
      }
      for (int id : ids) {
        double logProbability = numbers[id] - logSumExp;
        Generation.Step step =
            new Generation.Step(id, Math.exp(logProbability), numbers[id], alternatives);
        candidates.add(beams.get(row).plus(step, logProbability, row));
      }
    }
    candidates.sort(Comparator.comparingDouble(Beam::logProbability).reversed());
    List<Beam> going = new ArrayList<>();
    for (Beam candidate : candidates) {
      if (going.size() == width) {
        break;
      }
      if (decoding.stopAt().contains(candidate.steps().getLast().id())) {
        finished.add(candidate);
      } else {
        going.add(candidate);
      }
    }
    return going;
  }

  /// Whether no continuation can still beat the best finished one: probabilities only fall, and the
  /// longest divisor helps most.
  private boolean surelyDone(List<Beam> going, List<Beam> finished) {
    if (finished.size() < width || going.isEmpty()) {
      return false;
    }
    double reachable = going.getFirst().logProbability() / decoding.tokens();
    return finished.stream().mapToDouble(Beam::score).max().orElseThrow() >= reachable;
  }

  private static List<Generation.Step> best(List<Beam> going, List<Beam> finished) {
    List<Beam> all = new ArrayList<>(finished);
    all.addAll(going);
    return all.stream().max(Comparator.comparingDouble(Beam::score)).orElseThrow().steps();
  }
}
