package io.lexiscope.analysis.ffn;

import io.lexiscope.model.config.Architecture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One neuron of one layer.
///
/// @param layer from 0
/// @param index from 0
public record NeuronName(int layer, int index) {
  private static final Pattern OURS = Pattern.compile("[Ll](\\d{1,6})[NnDd](\\d{1,8})");
  private static final Pattern DOTTED = Pattern.compile("(\\d{1,6})\\.(\\d{1,8})");
  private static final Pattern PAPER = Pattern.compile("[Vv]\\^?(\\d{1,6})_(\\d{1,8})");

  /// Reads `L3N812`, LM-Debugger's `L3D812` or `3.812`, all counted from 0; or the papers'
  /// `v4_813`, counted from 1.
  ///
  /// @throws FfnException if it reads as none of them
  /// @see <a href="https://arxiv.org/abs/2203.14680">Geva et al. 2022</a>, whose ids count from 1
  public static NeuronName parse(String name) {
    Matcher ours = OURS.matcher(name.strip());
    Matcher dotted = DOTTED.matcher(name.strip());
    Matcher paper = PAPER.matcher(name.strip());
    if (ours.matches()) {
      return new NeuronName(Integer.parseInt(ours.group(1)), Integer.parseInt(ours.group(2)));
    }
    if (dotted.matches()) {
      return new NeuronName(Integer.parseInt(dotted.group(1)), Integer.parseInt(dotted.group(2)));
    }
    if (paper.matches()
        && Integer.parseInt(paper.group(1)) > 0
        && Integer.parseInt(paper.group(2)) > 0) {
      return new NeuronName(
          Integer.parseInt(paper.group(1)) - 1, Integer.parseInt(paper.group(2)) - 1);
    }
    throw new FfnException(
        "neuron: expected a name such as L3N812 (layer 3, neuron 812, counted from 0), or a paper's v4_813 (counted from 1), got "
            + name);
  }

  /// Checks that a network has this neuron.
  ///
  /// @throws FfnException if it has not
  public NeuronName requireIn(Architecture architecture) {
    int layers = architecture.layers();
    int neurons = architecture.dimensions().dMlp();
    if (layer < 0 || layer >= layers || index < 0 || index >= neurons) {
      throw new FfnException(
          "neuron: expected L0N0 to L%dN%d, got %s".formatted(layers - 1, neurons - 1, this));
    }
    return this;
  }

  @Override
  public String toString() {
    return "L" + layer + "N" + index;
  }
}
