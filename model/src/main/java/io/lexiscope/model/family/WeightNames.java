package io.lexiscope.model.family;

import io.lexiscope.model.matrix.FusedOrder;
import io.lexiscope.tensor.WeightLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a family calls its weights: names of modules, to which `.weight` and `.bias` are added.
///
/// @param prefixes what may stand before the names of embedding, blocks and final norm; the first
///   is used for writing, an empty one allows none
/// @param embedding the embedding
/// @param block one block, under its root
/// @param output what follows the last block
/// @param layout how the matrices inside blocks are stored
public record WeightNames(
    List<String> prefixes,
    EmbeddingNames embedding,
    BlockNames block,
    OutputNames output,
    WeightLayout layout) {

  /// Copies the list.
  public WeightNames {
    prefixes = List.copyOf(prefixes);
  }

  /// Names of the embedding.
  ///
  /// @param tokens token embedding
  /// @param positions position embedding, or null
  /// @param tokenTypes token type embedding, or null
  /// @param norm norm of the sum, or null
  /// @param projectIn projection to d_model, or null
  public record EmbeddingNames(
      String tokens,
      @Nullable String positions,
      @Nullable String tokenTypes,
      @Nullable String norm,
      @Nullable String projectIn) {

    /// Names where there are only tokens.
    ///
    /// @param tokens token embedding
    public static EmbeddingNames of(String tokens) {
      return new EmbeddingNames(tokens, null, null, null, null);
    }
  }

  /// Names inside a block.
  ///
  /// @param root what stands before all of them; `{l}` is the layer
  /// @param norms its norms
  /// @param attention its attention
  /// @param mlp its feed-forward part
  public record BlockNames(String root, NormNames norms, AttentionNames attention, MlpNames mlp) {

    String root(int layer) {
      return root.replace("{l}", Integer.toString(layer));
    }
  }

  /// Names of the norms of a block; see [io.lexiscope.model.matrix.BlockWeights.Norms].
  ///
  /// @param ln1 norm of the attention
  /// @param ln2 norm of the feed-forward part, or null
  /// @param ln1Post norm after the attention, or null
  /// @param ln2Post norm after the feed-forward part, or null
  public record NormNames(
      String ln1, @Nullable String ln2, @Nullable String ln1Post, @Nullable String ln2Post) {

    /// Names of two norms.
    ///
    /// @param ln1 norm of the attention
    /// @param ln2 norm of the feed-forward part
    public static NormNames of(String ln1, String ln2) {
      return new NormNames(ln1, ln2, null, null);
    }
  }

  /// Names of the attention.
  ///
  /// @param qkv projections to queries, keys and values
  /// @param out projection back
  /// @param qNorm norm of queries, or null
  /// @param kNorm norm of keys, or null
  public record AttentionNames(
      QkvNames qkv, String out, @Nullable String qNorm, @Nullable String kNorm) {

    /// Names where queries and keys are not normed.
    ///
    /// @param qkv projections to queries, keys and values
    /// @param out projection back
    public static AttentionNames of(QkvNames qkv, String out) {
      return new AttentionNames(qkv, out, null, null);
    }
  }

  /// Names of the projections to queries, keys and values.
  public sealed interface QkvNames {
    /// One name for each.
    ///
    /// @param q to queries
    /// @param k to keys
    /// @param v to values
    record Separate(String q, String k, String v) implements QkvNames {}

    /// One name for all.
    ///
    /// @param qkv to all three
    /// @param order how they share the output axis
    record Fused(String qkv, FusedOrder order) implements QkvNames {}
  }

  /// Names of the feed-forward part.
  ///
  /// @param in projection to the neurons
  /// @param out projection back
  public record MlpNames(InNames in, String out) {}

  /// Names of the projections to the neurons.
  public sealed interface InNames {
    /// One matrix.
    ///
    /// @param up the matrix
    record Plain(String up) implements InNames {}

    /// Gate and linear branch.
    ///
    /// @param gate the gate
    /// @param up the linear branch
    record Gated(String gate, String up) implements InNames {}

    /// Both in one.
    ///
    /// @param gateUp the matrix
    record FusedGate(String gateUp) implements InNames {}
  }

  /// Names after the last block.
  ///
  /// @param norm the final norm, or null
  /// @param projectOut projection to the embedding's width, or null
  /// @param heads names the unembedding may have, the usual one first; they take no prefix
  /// @param encoder names of what sits on an encoder, or null
  public record OutputNames(
      @Nullable String norm,
      @Nullable String projectOut,
      List<String> heads,
      @Nullable EncoderNames encoder) {

    /// Copies the list.
    public OutputNames {
      heads = List.copyOf(heads);
    }

    /// Names of a final norm and an unembedding.
    ///
    /// @param norm the final norm
    /// @param heads names the unembedding may have, the usual one first
    public static OutputNames of(String norm, String... heads) {
      return new OutputNames(norm, null, List.of(heads), null);
    }
  }

  /// Names of what sits on an encoder.
  ///
  /// @param pooler the pooler; takes a prefix, the others do not
  /// @param classifier linear layer on the pooled vector
  /// @param transform linear layer of the masked-language head
  /// @param norm norm of the masked-language head
  /// @param bias module whose bias the masked-language head adds to its logits
  public record EncoderNames(
      String pooler, String classifier, String transform, String norm, String bias) {}
}
