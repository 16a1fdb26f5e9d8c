package io.lexiscope.model.matrix;

import io.lexiscope.model.config.Architecture;
import io.lexiscope.model.config.Attention;
import io.lexiscope.model.config.Mlp;

/// A weight matrix of a block by what it does, under the name TransformerLens gives it, whatever
/// the checkpoint calls it and whether or not it stores it together with others. Together with a
/// layer it makes a [MatrixName]. As a matrix it is [d_in, d_out], `y = x·W`.
public enum MatrixKind {
  /// To queries, [d_model, head · d_head]; before their norm and rotary.
  W_Q("attn.W_Q"),
  /// To keys, [d_model, kv_head · d_head]; before their norm and rotary.
  W_K("attn.W_K"),
  /// To values, [d_model, kv_head · d_head].
  W_V("attn.W_V"),
  /// From all heads' results, [head · d_head, d_model].
  W_O("attn.W_O"),
  /// To the branch of a gated MLP that goes through the non-linearity, [d_model, d_mlp]; absent in
  /// plain ones.
  W_GATE("mlp.W_gate"),
  /// To the neurons, [d_model, d_mlp]; gated: the linear branch.
  W_IN("mlp.W_in"),
  /// From the neurons, [d_mlp, d_model]: rows are value vectors.
  W_OUT("mlp.W_out");

  private final String shortName;

  MatrixKind(String shortName) {
    this.shortName = shortName;
  }

  /// Name inside a block, such as `mlp.W_out`.
  public String shortName() {
    return shortName;
  }

  /// Whether a network has such a matrix.
  public boolean existsIn(Architecture architecture) {
    return this != W_GATE || architecture.block().mlp() instanceof Mlp.Gated;
  }

  /// The matrix of this kind in a layer.
  ///
  /// @throws io.lexiscope.model.config.ConfigException if the layer is negative
  public MatrixName at(int layer) {
    return new MatrixName(layer, this);
  }

  /// Width of what it reads, d_in.
  public int inputs(Architecture architecture) {
    return switch (this) {
      case W_Q, W_K, W_V, W_GATE, W_IN -> architecture.dModel();
      case W_O -> architecture.block().attention().heads().queryWidth();
      case W_OUT -> architecture.dimensions().dMlp();
    };
  }

  /// Width of what it gives, d_out.
  public int outputs(Architecture architecture) {
    Attention.Heads heads = architecture.block().attention().heads();
    return switch (this) {
      case W_Q -> heads.queryWidth();
      case W_K, W_V -> heads.keyWidth();
      case W_O, W_OUT -> architecture.dModel();
      case W_GATE, W_IN -> architecture.dimensions().dMlp();
    };
  }
}
