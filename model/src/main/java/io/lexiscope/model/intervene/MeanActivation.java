package io.lexiscope.model.intervene;

import io.lexiscope.base.FloatVector;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.forward.Turn;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The mean of what a network computes at a hook point over all positions of some texts: what mean
/// ablation puts in a value's place, so that the rest of the network goes on with something usual
/// instead of zeros.
///
/// @param place a hook point with one vector, or one per head, at each position
/// @param vector the mean, \[d\] or \[head · d_head\], heads one after another
/// @param last size of the last axis: d, or d_head
/// @param positions over which it was taken
/// @see <a href="https://arxiv.org/abs/2211.00593">Wang et al. 2022, §2.1</a>, where means are
///   taken over a reference distribution
public record MeanActivation(HookName place, FloatVector vector, int last, long positions) {

  /// A running sum over positions.
  private static final class Sum {
    private double[] total = {};
    private int last;

    void add(Tensor value, int positions) {
      last = Math.toIntExact(value.size(-1));
      float[] more = value.reshape(positions, -1).sum(0, /* keepAxis= */ false).toFloats();
      total = total.length == 0 ? new double[more.length] : total;
      for (int i = 0; i < total.length; i++) {
        total[i] += more[i];
      }
    }

    MeanActivation over(long positions, HookName place) {
      float[] mean = new float[total.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (total[i] / positions);
      }
      return new MeanActivation(place, FloatVector.of(mean), last, positions);
    }
  }

  /// Measures several places in the same passes.
  ///
  /// @param transformer runs as it is, without interventions
  /// @param texts each is cut into windows of the context's length, which are read from their start
  /// @param places each once
  /// @param turn is asked before each window, and hears of the positions read
  /// @return the means by place
  /// @throws InterventionException if there is no text, a place has a value for every pair of
  ///   positions, or the network has no such place
  public static Map<HookName, MeanActivation> measure(
      Transformer transformer, List<TokenIds> texts, List<HookName> places, Turn turn) {
    places.forEach(place -> requireMean(transformer, place));
    Map<HookName, Sum> sums = new LinkedHashMap<>();
    places.forEach(place -> sums.put(place, new Sum()));
    long all = texts.stream().mapToLong(TokenIds::size).sum();
    if (all == 0) {
      throw new InterventionException(
          "intervention: expected texts to take a mean over, got none with a token");
    }
    long read = 0;
    int window = transformer.architecture().dimensions().context();
    for (TokenIds text : texts) {
      for (int start = 0; start < text.size(); start += window) {
        TokenIds ids = text.slice(start, Math.min(text.size(), start + window));
        read += turn.take(() -> add(transformer, ids, sums));
        turn.progress(read, all, "positions of the mean");
      }
    }
    Map<HookName, MeanActivation> means = new LinkedHashMap<>();
    sums.forEach((place, sum) -> means.put(place, sum.over(all, place)));
    return means;
  }

  /// Measures one place, at once.
  ///
  /// @throws InterventionException as above
  public static MeanActivation measure(
      Transformer transformer, List<TokenIds> texts, HookName place) {
    return measure(transformer, texts, List.of(place), Turn.immediately())
        .values()
        .iterator()
        .next();
  }

  private static void requireMean(Transformer transformer, HookName place) {
    if (!place.point().axes().contains("pos")) {
      throw new InterventionException(
          "intervention: expected a hook point with a vector at each position to take the mean of, got %s"
              .formatted(place));
    }
    Interventions.requirePlace(place, transformer.architecture());
  }

  /// Adds the positions of one window.
  ///
  /// @return how many there are
  private static int add(Transformer transformer, TokenIds ids, Map<HookName, Sum> sums) {
    TensorScope.tidyRun(
        () -> {
          ActiveHooks hooks = new ActiveHooks(Recording.of(sums.keySet()), Map.of());
          transformer.forward(TokenBatch.of(ids), hooks, /* cache= */ null);
          sums.forEach(
              (place, sum) ->
                  sum.add(hooks.activations().get(place).to(DType.FLOAT32), ids.size()));
        });
    return ids.size();
  }

  /// What sets a target at this place to its mean.
  ///
  /// @throws InterventionException if the target is at another place, or is all heads at once
  public Change of(Target target) {
    return switch (target) {
      case Target.Neuron neuron -> number(neuron.place(), neuron.index());
      case Target.NeuronInput neuron -> number(neuron.place(), neuron.index());
      case Target.Head head -> {
        requireHere(head.place());
        requireIndex("head", head.index(), vector.size() / last);
        float[] all = vector.toArray();
        yield new Change.SetVector(
            FloatVector.of(
                Arrays.copyOfRange(all, head.index() * last, (head.index() + 1) * last)));
      }
      case Target.Place all -> {
        requireHere(all.place());
        if (last < vector.size()) {
          throw new InterventionException(
              "intervention: expected heads, such as L2H1, to take the mean of, got all of %s"
                  .formatted(place));
        }
        yield new Change.SetVector(vector);
      }
    };
  }

  /// What sets the component along a direction to that of the mean.
  public Change along(FloatVector direction) {
    float[] mean = vector.toArray();
    float[] towards = direction.toArray();
    if (mean.length != towards.length) {
      throw new InterventionException(
          "intervention: expected a direction of %d numbers at %s, got %d"
              .formatted(mean.length, place, towards.length));
    }
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += (double) mean[i] * towards[i];
    }
    return new Change.SetAlong(direction, sum / direction.length());
  }

  private Change number(HookName wanted, int index) {
    requireHere(wanted);
    requireIndex("neuron", index, vector.size());
    return new Change.Set(vector.toArray()[index]);
  }

  private static void requireIndex(String kind, int index, int count) {
    if (index >= count) {
      throw new InterventionException(
          "intervention: expected a %s from 0 to %d, got %d".formatted(kind, count - 1, index));
    }
  }

  private void requireHere(HookName wanted) {
    if (!wanted.equals(place)) {
      throw new InterventionException(
          "intervention: expected the mean of %s, got that of %s".formatted(wanted, place));
    }
  }
}
