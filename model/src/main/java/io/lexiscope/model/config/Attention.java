package io.lexiscope.model.config;

import java.util.Collections;
import java.util.List;

/// What the attention of a block computes.
///
/// @param heads how many heads there are
/// @param scores what happens to query · key before the softmax
/// @param mask which positions see which
/// @param qkNorm norm of queries and keys
/// @param biases which projections add a bias
public record Attention(Heads heads, Scores scores, Mask mask, QkNorm qkNorm, Biases biases) {

  /// Numbers of heads.
  ///
  /// @param heads query heads
  /// @param kvHeads key and value heads; query head h reads key head h / (heads / kvHeads)
  /// @param dHead width of one head; heads · dHead need not be d_model
  public record Heads(int heads, int kvHeads, int dHead) {

    /// Checks that query heads divide among key heads.
    ///
    /// @throws ConfigException if they do not
    public Heads {
      Dimensions.requirePositive("heads", heads);
      Dimensions.requirePositive("key and value heads", kvHeads);
      Dimensions.requirePositive("d_head", dHead);
      if ((long) heads * dHead > Integer.MAX_VALUE) {
        throw new ConfigException(
            "architecture: expected heads whose widths can be added up, got %d of width %d"
                .formatted(heads, dHead));
      }
      if (heads % kvHeads != 0) {
        throw new ConfigException(
            "architecture: expected the number of heads to be a multiple of the key and value heads, got %d and %d"
                .formatted(heads, kvHeads));
      }
    }

    /// Width of all queries together.
    public int queryWidth() {
      return heads * dHead;
    }

    /// Width of all keys together, and of all values.
    public int keyWidth() {
      return kvHeads * dHead;
    }
  }

  /// What happens to query · key: `softCap(q · k · scale)`.
  ///
  /// @param scale factor on the product: 1/√d_head for most, 1 for GPT-Neo,
  ///   1/√query_pre_attn_scalar for Gemma
  /// @param dividedByLayerNumber whether layer l also divides by l + 1 (an option of GPT-2)
  /// @param softCap squeeze after scaling and before masking
  public record Scores(double scale, boolean dividedByLayerNumber, SoftCap softCap) {

    /// Checks the factor.
    ///
    /// @throws ConfigException if it is not a positive number
    public Scores {
      if (!(scale > 0 && Double.isFinite(scale))) {
        throw new ConfigException(
            "architecture: expected a positive factor on attention scores, got " + scale);
      }
    }

    /// The factor in a layer.
    ///
    /// @param layer number of the block, from 0
    public double scale(int layer) {
      return dividedByLayerNumber ? scale / (layer + 1) : scale;
    }
  }

  /// Which positions see which.
  ///
  /// @param causal whether a position sees only itself and earlier ones
  /// @param spans how far back each layer looks, one entry for each layer
  public record Mask(boolean causal, List<AttentionSpan> spans) {

    /// Copies the list.
    public Mask {
      spans = List.copyOf(spans);
    }

    /// A mask without windows.
    ///
    /// @param causal whether a position sees only itself and earlier ones
    /// @param layers number of blocks
    public static Mask global(boolean causal, int layers) {
      return new Mask(causal, Collections.nCopies(layers, new AttentionSpan.Global()));
    }
  }

  /// Which projections add a bias.
  ///
  /// @param qkv queries, keys and values
  /// @param out the projection back to the residual stream
  public record Biases(boolean qkv, boolean out) {}
}
