package io.lexiscope.model.generate;

/// The last position of a sequence after a block: what an [ExitRule] decides by. Nothing is
/// computed before it is asked for. Valid during the call it is passed to.
public interface ExitPoint {
  /// The block that has just run, from 0.
  int layer();

  /// The residual stream after the block, \[d_model\], before any final norm.
  float[] state();

  /// The coefficients of the block's neurons, \[d_mlp\]: `mlp.hook_post`, after the non-linearity.
  float[] coefficients();

  /// What the network would say here: the stream under the model's final norm and unembedding,
  /// \[vocabulary\]. Where the rule leaves, these are the logits taken, and not computed again.
  float[] logits();
}
