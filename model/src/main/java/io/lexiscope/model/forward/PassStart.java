package io.lexiscope.model.forward;

import io.lexiscope.model.hook.PassExtent;
import io.lexiscope.tensor.Tensor;
import java.util.Collections;
import java.util.List;

/// What a pass begins with: tokens before the first block, or a given residual stream before any
/// block.
public sealed interface PassStart permits TokenBatch, PassStart.Stream {

  /// The first block that runs.
  int layer();

  /// Which positions run.
  ///
  /// @param past number of positions before the first
  PassExtent extent(int past);

  /// A residual stream as it enters a block, such as one that an earlier pass recorded at
  /// `hook_resid_pre`. What stands before the block is taken as given and not run again.
  ///
  /// @param layer the block it enters, from 0; the number of blocks where only the final norm is
  ///   left
  /// @param residPre [batch, pos, d_model]; not modified
  /// @param lengths how many positions are each row's own; what follows is padding
  record Stream(int layer, Tensor residPre, List<Integer> lengths) implements PassStart {

    /// Checks the shape.
    ///
    /// @throws ForwardException if it is no stream, or lengths are not those of its rows
    public Stream {
      lengths = List.copyOf(lengths);
      if (residPre.shape().rank() != 3
          || lengths.isEmpty()
          || residPre.size(0) != lengths.size()
          || Collections.max(lengths) != residPre.size(1)
          || Collections.min(lengths) < 1) {
        throw new ForwardException(
            "stream: expected [batch, pos, d_model] and the length of each row, got %s and %s"
                .formatted(residPre.shape(), lengths));
      }
    }

    /// Rows of one length.
    public static Stream of(int layer, Tensor residPre) {
      long[] dims = residPre.shape().toArray();
      List<Integer> lengths =
          dims.length == 3
              ? Collections.nCopies(Math.toIntExact(dims[0]), Math.toIntExact(dims[1]))
              : List.of();
      return new Stream(layer, residPre, lengths);
    }

    @Override
    public PassExtent extent(int past) {
      return new PassExtent(past, lengths);
    }
  }
}
