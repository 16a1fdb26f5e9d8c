package io.lexiscope.model.matrix;

import io.lexiscope.model.config.Attention;
import java.util.NoSuchElementException;

/// A matrix of a block where it is stored: alone, or as some of the outputs of a fused one.
///
/// @param linear the map that holds it
/// @param outputs which of the map's outputs are its own
/// @param <T> what stands for a weight
public record BlockMatrix<T>(Linear<T> linear, Outputs outputs) {

  /// Finds a matrix among the weights of its block.
  ///
  /// @param sizes the sizes of its network
  /// @throws NoSuchElementException if the block has none of this kind
  static <T> BlockMatrix<T> of(BlockWeights<T> block, MatrixKind kind, Sizes sizes) {
    return switch (kind) {
      case W_Q, W_K, W_V -> projection(block.attention().qkv(), kind, sizes.heads());
      case W_O -> whole(block.attention().out(), sizes.dModel());
      case W_OUT -> whole(block.mlp().out(), sizes.dModel());
      case W_IN ->
          switch (block.mlp().in()) {
            case MlpWeights.Plain<T>(var up) -> whole(up, sizes.dMlp());
            case MlpWeights.Gated<T>(var _, var up) -> whole(up, sizes.dMlp());
            case MlpWeights.FusedGate<T>(var both) -> half(both, 1, sizes.dMlp());
          };
      case W_GATE ->
          switch (block.mlp().in()) {
            case MlpWeights.Plain<T> _ -> throw new NoSuchElementException("no gate");
            case MlpWeights.Gated<T>(var gate, var _) -> whole(gate, sizes.dMlp());
            case MlpWeights.FusedGate<T>(var both) -> half(both, 0, sizes.dMlp());
          };
    };
  }

  /// The sizes that say how outputs are shared.
  record Sizes(int dModel, int dMlp, Attention.Heads heads) {}

  private static <T> BlockMatrix<T> whole(Linear<T> linear, int outputs) {
    return new BlockMatrix<>(linear, Outputs.all(outputs));
  }

  private static <T> BlockMatrix<T> half(Linear<T> both, int which, int dMlp) {
    return new BlockMatrix<>(both, Outputs.range(2 * dMlp, which * dMlp, dMlp));
  }

  private static <T> BlockMatrix<T> projection(
      AttentionWeights.Qkv<T> qkv, MatrixKind kind, Attention.Heads heads) {
    int query = heads.queryWidth();
    int key = heads.keyWidth();
    int d = heads.dHead();
    int number =
        switch (kind) {
          case W_Q -> 0;
          case W_K -> 1;
          default -> 2;
        };
    return switch (qkv) {
      case AttentionWeights.Separate<T>(var q, var k, var v) ->
          switch (kind) {
            case W_Q -> whole(q, query);
            case W_K -> whole(k, key);
            default -> whole(v, key);
          };
      case AttentionWeights.Fused<T>(var all, var order) ->
          new BlockMatrix<>(
              all,
              switch (order) {
                case BLOCKS ->
                    Outputs.range(
                        query + 2 * key,
                        number == 0 ? 0 : query + (number - 1) * key,
                        number == 0 ? query : key);
                case BY_HEAD -> new Outputs(heads.heads(), 3 * d, number * d, d);
              });
    };
  }
}
