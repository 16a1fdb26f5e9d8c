package io.lexiscope.index.vector;

import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.hook.HookPoint;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which vector; layers, neurons, heads and directions from 0.
public sealed interface VectorName {
  /// The layer.
  int layer();

  /// What part of the network it is of.
  VectorKind kind();

  /// The short name: `L3N812`, `L3H5D0`, `L3.b_mlp`, `L3.b_attn`.
  String label();

  /// The hook point at which it is added, before any norm of the module's output.
  HookName at();

  /// The vector of a name. `L3D812` is read as LM-Debugger writes neurons, `v4_813` or `v^4_813` as
  /// the paper does, which counts from 1.
  ///
  /// @return nothing for a text that is no name
  static Optional<VectorName> parse(String text) {
    return VectorNames.parse(text);
  }

  /// A neuron of an MLP: row `neuron` of W_out, [d_mlp, d_model].
  record Neuron(int layer, int neuron) implements VectorName {
    @Override
    public VectorKind kind() {
      return VectorKind.NEURON;
    }

    @Override
    public String label() {
      return "L" + layer + "N" + neuron;
    }

    @Override
    public HookName at() {
      return HookPoint.MLP_POST.at(layer);
    }
  }

  /// A right singular direction of a head's `W_V·W_O`, as long as its singular value. Its sign is
  /// free; it is given such that the word it moves most is promoted.
  ///
  /// @param direction 0 for the largest singular value
  record HeadDirection(int layer, int head, int direction) implements VectorName {
    @Override
    public VectorKind kind() {
      return VectorKind.HEAD;
    }

    @Override
    public String label() {
      return "L" + layer + "H" + head + "D" + direction;
    }

    @Override
    public HookName at() {
      return HookPoint.RESULT.at(layer);
    }
  }

  /// The bias of an MLP's output, b_V of the paper.
  record MlpBias(int layer) implements VectorName {
    @Override
    public VectorKind kind() {
      return VectorKind.BIAS;
    }

    @Override
    public String label() {
      return "L" + layer + ".b_mlp";
    }

    @Override
    public HookName at() {
      return HookPoint.MLP_MODULE_OUT.at(layer);
    }
  }

  /// The bias of an attention's output, b_O.
  record AttentionBias(int layer) implements VectorName {
    @Override
    public VectorKind kind() {
      return VectorKind.BIAS;
    }

    @Override
    public String label() {
      return "L" + layer + ".b_attn";
    }

    @Override
    public HookName at() {
      return HookPoint.ATTN_MODULE_OUT.at(layer);
    }
  }
}

/// Reads names.
final class VectorNames {
  private static final Pattern NEURON = Pattern.compile("[Ll](\\d{1,5})[NnDd](\\d{1,7})");
  private static final Pattern PAPER = Pattern.compile("v\\^?(\\d{1,5})_(\\d{1,7})");
  private static final Pattern HEAD = Pattern.compile("[Ll](\\d{1,5})[Hh](\\d{1,5})[Dd](\\d{1,5})");
  private static final Pattern BIAS = Pattern.compile("[Ll](\\d{1,5})\\.b_(mlp|attn)");

  private VectorNames() {}

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  static Optional<VectorName> parse(String text) {
    Matcher neuron = NEURON.matcher(text);
    if (neuron.matches()) {
      return Optional.of(new VectorName.Neuron(number(neuron, 1), number(neuron, 2)));
    }
    Matcher paper = PAPER.matcher(text);
    if (paper.matches() && number(paper, 1) > 0 && number(paper, 2) > 0) {
      return Optional.of(new VectorName.Neuron(number(paper, 1) - 1, number(paper, 2) - 1));
    }
    Matcher head = HEAD.matcher(text);
    if (head.matches()) {
      return Optional.of(
          new VectorName.HeadDirection(number(head, 1), number(head, 2), number(head, 3)));
    }
    Matcher bias = BIAS.matcher(text);
    if (bias.matches()) {
      int layer = number(bias, 1);
      return Optional.of(
          bias.group(2).equals("mlp")
              ? new VectorName.MlpBias(layer)
              : new VectorName.AttentionBias(layer));
    }
    return Optional.empty();
  }
}
