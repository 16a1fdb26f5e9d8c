package io.lexiscope.analysis.edit;

import io.lexiscope.model.matrix.MatrixName;
import java.util.List;
import java.util.Locale;

/// How an edit is made, with all its settings.
public sealed interface EditMethod {

  /// What it is called.
  String name();

  /// The layers whose keys it weighs by the statistics of a text; empty where it needs none.
  default List<Integer> weighs() {
    return List.of();
  }

  /// `W_out += η·x_nᵀ·D[t]`: what entered at the last token, and the unembedding's row of the
  /// target's first token. One pass forwards.
  ///
  /// @param layer from 0
  /// @param step η, above 0. Other keys than the plain one are brought to the length at which x_n
  ///   picks up as much
  /// @param key what stands for x_n
  /// @see <a href="https://arxiv.org/abs/2402.12865">Katz et al. 2024, §7</a>
  record ForwardShift(int layer, double step, ShiftKey key) implements EditMethod {
    @Override
    public String name() {
      return key == ShiftKey.PLAIN
          ? "forward-shift"
          : "forward-shift-" + key.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Integer> weighs() {
      return key == ShiftKey.PLAIN ? List.of() : List.of(layer);
    }
  }

  /// One step of gradient descent on chosen matrices, one pass forwards and one backwards.
  ///
  /// @param name what it is called: `gradient`, `imprint` or `shift`
  /// @param matrices at least one
  /// @param step η, above 0
  record Gradient(String name, List<MatrixName> matrices, double step) implements EditMethod {
    /// Copies the list.
    public Gradient {
      matrices = List.copyOf(matrices);
    }
  }

  /// ROME: `W_out += (C⁻¹k)ᵀ(v* − v) ÷ (k·C⁻¹k)` at the subject's last token.
  ///
  /// @param layer from 0
  /// @param value how v* is found
  /// @param ridge added to C, as a share of its mean diagonal
  /// @see <a href="https://arxiv.org/abs/2202.05262">Meng et al. 2022, eq. 2</a>
  record Rome(int layer, ValueSearch value, double ridge) implements EditMethod {
    @Override
    public String name() {
      return "rome";
    }

    @Override
    public List<Integer> weighs() {
      return List.of(layer);
    }
  }

  /// MEMIT: the change of the stream at the last of some layers, spread over all of them, `W_out +=
  /// ((λC + kᵀk)⁻¹k)ᵀ·r`.
  ///
  /// @param layers rising, at least one
  /// @param value how the stream's value is found
  /// @param weight λ, by how many keys of the text's mean length the text weighs
  /// @param ridge added to C, as a share of its mean diagonal
  /// @see <a href="https://arxiv.org/abs/2210.07229">Meng et al. 2023, eq. 14</a>
  record Memit(List<Integer> layers, ValueSearch value, double weight, double ridge)
      implements EditMethod {
    /// Copies the list.
    public Memit {
      layers = List.copyOf(layers);
    }

    @Override
    public String name() {
      return "memit";
    }

    @Override
    public List<Integer> weighs() {
      return layers;
    }
  }

  /// AlphaEdit: as MEMIT, with keys projected to where the text's keys have least, and without λC.
  ///
  /// @param layers rising, at least one
  /// @param value how the stream's value is found
  /// @param share of the keys' whole square that lies in the directions that may change
  /// @see <a href="https://arxiv.org/abs/2410.02355">Fang et al. 2025, eq. 14</a>
  record AlphaEdit(List<Integer> layers, ValueSearch value, double share) implements EditMethod {
    /// Copies the list.
    public AlphaEdit {
      layers = List.copyOf(layers);
    }

    @Override
    public String name() {
      return "alphaedit";
    }

    @Override
    public List<Integer> weighs() {
      return layers;
    }
  }

  /// Gradient descent on one layer's `W_out` until the target has a probability.
  ///
  /// @param layer from 0
  /// @param steps at most
  /// @param rate of each step, as a share of what is predicted to take the whole loss away
  /// @param enough probability at which it stops
  record FineTuning(int layer, int steps, double rate, double enough) implements EditMethod {
    @Override
    public String name() {
      return "fine-tuning";
    }
  }

  /// How a value is found that makes the model say the target: Adam on a vector that is added.
  ///
  /// @param steps at most
  /// @param rate of each step, as a share of the value's root mean square
  /// @param enough probability of the target at which it stops
  /// @param longest of the added vector, in lengths of the value it is added to
  record ValueSearch(int steps, double rate, double enough, double longest) {
    /// 60 steps, until the target has 0.95.
    public static ValueSearch standard() {
      return new ValueSearch(
          /* steps= */ 60, /* rate= */ 0.25, /* enough= */ 0.95, /* longest= */ 4);
    }
  }
}
