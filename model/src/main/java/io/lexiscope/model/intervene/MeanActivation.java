package io.lexiscope.model.intervene;

import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.forward.Transformer;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.DType;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The mean of what a network computes at a hook point over all positions of some texts: what mean
/// ablation puts in a value's place, so that the rest of the network goes on with something usual
/// instead of zeros.
///
/// @param place a hook point with one vector, or one per head, at each position
/// @param vector the mean, [d] or [head · d_head], heads one after another
/// @param last size of the last axis: d, or d_head
/// @param positions over which it was taken
/// @see <a href="https://arxiv.org/abs/2211.00593">Wang et al. 2022, §2.1</a>, where means are
///   taken over a reference distribution
public record MeanActivation(HookName place, FloatVector vector, int last, long positions) {

  /// A sum over positions.
  private record Sum(FloatVector vector, int last) {}

  /// Measures.
  ///
  /// @param transformer runs as it is, without interventions
  /// @param texts each is cut into windows of the context's length, which are read from their start
  /// @throws InterventionException if there is no text, or the place has a value for every pair of
  ///   positions
  public static MeanActivation measure(
      Transformer transformer, List<TokenIds> texts, HookName place) {
    List<String> axes = place.point().axes();
    if (!axes.contains("pos")) {
      throw new InterventionException(
          "intervention: expected a hook point with a vector at each position to take the mean of, got %s"
              .formatted(place));
    }
    double[] total = {};
    int last = 0;
    long positions = 0;
    int window = transformer.architecture().dimensions().context();
    for (TokenIds text : texts) {
      for (int start = 0; start < text.size(); start += window) {
        TokenIds ids = text.slice(start, Math.min(text.size(), start + window));
        Sum some = sum(transformer, ids, place);
        float[] numbers = some.vector().toArray();
        total = total.length == 0 ? new double[numbers.length] : total;
        for (int i = 0; i < total.length; i++) {
          total[i] += numbers[i];
        }
        last = some.last();
        positions += ids.size();
      }
    }
    if (positions == 0) {
      throw new InterventionException(
          "intervention: expected texts to take a mean over, got none with a token");
    }
    float[] mean = new float[total.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (total[i] / positions);
    }
    return new MeanActivation(place, FloatVector.of(mean), last, positions);
  }

  /// The sum over the positions of one window.
  private static Sum sum(Transformer transformer, TokenIds ids, HookName place) {
    return TensorScope.tidy(
        () -> {
          ActiveHooks hooks = new ActiveHooks(Recording.of(List.of(place)), Map.of());
          Tensor stream = transformer.forward(TokenBatch.of(ids), hooks, /* cache= */ null);
          assert stream.size(1) == ids.size();
          Tensor value = hooks.activations().get(place).to(DType.FLOAT32);
          Tensor rows = value.reshape(ids.size(), -1);
          return new Sum(
              FloatVector.of(rows.sum(0, /* keepAxis= */ false).toFloats()),
              Math.toIntExact(value.size(-1)));
        });
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
