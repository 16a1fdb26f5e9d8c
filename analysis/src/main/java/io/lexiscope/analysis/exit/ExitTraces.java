package io.lexiscope.analysis.exit;

import io.lexiscope.analysis.ffn.FfnTrajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What rules learn from and are tested on: for each example, at its last position, what each layer
/// showed.
public final class ExitTraces {
  private final List<Example> examples;
  private final int layers;

  private ExitTraces(List<Example> examples, int layers) {
    this.examples = examples;
    this.layers = layers;
  }

  /// What one layer showed of one example.
  public static final class Sight {
    private final int prediction;
    private final float confidence;
    private final int[] clusters;
    private final float[] state;

    /// A sight.
    ///
    /// @param prediction the likeliest token of the stream after the layer
    /// @param confidence its probability
    /// @param clusters of the dominant sub-updates, most dominant first
    /// @param state the stream after the layer, \[d_model\]; may be empty where no probe is learned
    public Sight(int prediction, double confidence, int[] clusters, float[] state) {
      this.prediction = prediction;
      this.confidence = (float) confidence;
      this.clusters = clusters.clone();
      this.state = state.clone();
    }

    int prediction() {
      return prediction;
    }

    float confidence() {
      return confidence;
    }

    /// Not a copy: read only, in loops over all examples.
    int[] clusters() {
      return clusters;
    }

    /// Not a copy: read only, in loops over all examples.
    float[] state() {
      return state;
    }
  }

  private record Example(List<Sight> sights, int saturation) {}

  /// Collects examples one by one.
  public static final class Builder {
    private final List<Example> examples = new ArrayList<>();
    private final int layers;

    /// Traces of a network of so many layers.
    public Builder(int layers) {
      this.layers = layers;
    }

    /// Adds an example.
    ///
    /// @param sights one for each layer
    public Builder add(List<Sight> sights) {
      if (sights.size() != layers) {
        throw new ExitException(
            "exit: expected sights of %d layers, got %d".formatted(layers, sights.size()));
      }
      FfnTrajectory path =
          new FfnTrajectory(
              sights.stream()
                  .map(s -> new FfnTrajectory.Step(s.prediction(), s.prediction(), 1))
                  .toList());
      examples.add(new Example(List.copyOf(sights), path.saturationLayer()));
      return this;
    }

    /// Number of examples added.
    public int size() {
      return examples.size();
    }

    /// What was added.
    public ExitTraces build() {
      return new ExitTraces(List.copyOf(examples), layers);
    }
  }

  /// Number of examples.
  public int size() {
    return examples.size();
  }

  /// Number of layers.
  public int layers() {
    return layers;
  }

  /// What a layer showed of an example.
  public Sight sight(int example, int layer) {
    return examples.get(example).sights().get(layer);
  }

  /// The first layer from which on the answer leads to the end.
  ///
  /// @see FfnTrajectory#saturationLayer
  public int saturation(int example) {
    return examples.get(example).saturation();
  }

  /// What the whole network says.
  public int answer(int example) {
    return sight(example, layers - 1).prediction();
  }

  /// Whether leaving after a layer gives what the whole network says.
  public boolean right(int example, int layer) {
    return sight(example, layer).prediction() == answer(example);
  }

  /// Some of the examples, in this order.
  public ExitTraces select(int... chosen) {
    return new ExitTraces(IntStream.of(chosen).mapToObj(examples::get).toList(), layers);
  }

  /// These and then others.
  public ExitTraces and(ExitTraces more) {
    List<Example> all = new ArrayList<>(examples);
    all.addAll(more.examples);
    return new ExitTraces(List.copyOf(all), layers);
  }
}
