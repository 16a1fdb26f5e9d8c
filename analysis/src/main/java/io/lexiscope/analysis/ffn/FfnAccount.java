package io.lexiscope.analysis.ffn;

import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.model.place.NeuronName;
import io.lexiscope.tensor.ExtremeLogits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What the feed-forward part of one layer added at one position, neuron by neuron.
public final class FfnAccount {
  private final Place place;
  private final float[] coefficients;
  private final double[] norms;
  private final double[] scores;
  private final Closing closing;
  private final double dominanceSum;

  FfnAccount(Place place, float[] coefficients, double[] norms, double[] scores, Closing closing) {
    this.place = place;
    this.coefficients = coefficients;
    this.norms = norms;
    this.scores = scores;
    this.closing = closing;
    this.dominanceSum = IntStream.range(0, norms.length).mapToDouble(this::dominance).sum();
  }

  /// Where, and by which convention words were scored.
  ///
  /// @param layer from 0
  /// @param position from 0
  /// @param convention how vectors became logits
  public record Place(int layer, int position, LensConvention convention) {}

  /// How the account closes.
  ///
  /// @param residualError largest difference in any dimension between what the FFN added and the
  ///   sum of sub-updates, bias and intervention
  /// @param biasNorm length of what is added whatever the neurons do
  /// @param logits the account in logits of the word
  public record Closing(double residualError, double biasNorm, Logits logits) {}

  /// The account in logits of the word, or of the difference of two, before any soft cap.
  ///
  /// @param before of the stream before the FFN
  /// @param subUpdates sum of all neurons' scores
  /// @param bias score of what is added whatever the neurons do
  /// @param intervention score of what interventions put in place of the sum; 0 without
  /// @param after of the stream after the FFN
  public record Logits(
      double before, double subUpdates, double bias, double intervention, double after) {

    /// What the FFN did to the logit.
    public double change() {
      return after - before;
    }

    /// By how much the scores miss the change. Of meaning only under a linear convention: under the
    /// final norm scores of parts do not add up.
    public double error() {
      return Math.abs(change() - subUpdates - bias - intervention);
    }
  }

  /// Layer, from 0.
  public int layer() {
    return place.layer();
  }

  /// Position, from 0.
  public int position() {
    return place.position();
  }

  /// How vectors became logits.
  public LensConvention convention() {
    return place.convention();
  }

  /// Whether scores add up to the logit's change.
  public boolean scoresAddUp() {
    return place.convention() != LensConvention.FINAL_NORM;
  }

  /// How the account closes.
  public Closing closing() {
    return closing;
  }

  /// Number of neurons.
  public int size() {
    return coefficients.length;
  }

  /// One neuron's sub-update.
  ///
  /// @param neuron from 0
  public SubUpdate subUpdate(int neuron) {
    return new SubUpdate(
        new NeuronName(layer(), neuron),
        coefficients[neuron],
        norms[neuron],
        dominanceSum == 0 ? 0 : dominance(neuron) / dominanceSum,
        scores[neuron]);
  }

  /// Every neuron's sub-update, in order.
  public List<SubUpdate> all() {
    return IntStream.range(0, size()).mapToObj(this::subUpdate).toList();
  }

  /// The sub-updates that push the word most, up or down, strongest first; ties by index.
  public List<SubUpdate> strongest(int count) {
    return first(count, neuron -> Math.abs(scores[neuron]));
  }

  /// The sub-updates that add most to the stream: largest |m|‖v‖ first, ties by index.
  ///
  /// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022, §5.1</a>
  public List<SubUpdate> dominant(int count) {
    return first(count, this::dominance);
  }

  /// Share of Σ|m|‖v‖ that the `count` dominant sub-updates have.
  public double shareOfDominant(int count) {
    return dominant(count).stream().mapToDouble(SubUpdate::share).sum();
  }

  /// Σ|m|‖v‖ over the layer's neurons.
  public double dominanceSum() {
    return dominanceSum;
  }

  private double dominance(int neuron) {
    return Math.abs(coefficients[neuron]) * norms[neuron];
  }

  private List<SubUpdate> first(int count, java.util.function.IntToDoubleFunction key) {
    float[] keys = new float[size()];
    for (int neuron = 0; neuron < keys.length; neuron++) {
      keys[neuron] = (float) key.applyAsDouble(neuron);
    }
    return Arrays.stream(ExtremeLogits.largest(keys, count)).mapToObj(this::subUpdate).toList();
  }
}
