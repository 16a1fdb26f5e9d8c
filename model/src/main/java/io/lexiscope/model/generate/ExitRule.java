package io.lexiscope.model.generate;

/// Decides, block by block, whether a token leaves the network there. Immutable; may be shared
/// between threads.
public interface ExitRule {
  /// Whether it may leave after this layer at all; where not, nothing is computed for it there.
  ///
  /// @param layer from 0; the last layer is never asked
  boolean looksAt(int layer);

  /// Whether it reads the coefficients of neurons, which are kept for it only then.
  boolean readsCoefficients();

  /// Whether to leave now.
  ///
  /// @param here what can be seen after the block
  boolean leaves(ExitPoint here);

  /// A rule that never leaves.
  static ExitRule never() {
    return new ExitRule() {
      @Override
      public boolean looksAt(int layer) {
        return false;
      }

      @Override
      public boolean readsCoefficients() {
        return false;
      }

      @Override
      public boolean leaves(ExitPoint here) {
        return false;
      }
    };
  }
}
