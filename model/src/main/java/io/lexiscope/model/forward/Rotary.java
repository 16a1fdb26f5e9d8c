package io.lexiscope.model.forward;

import io.lexiscope.model.config.Positions;
import io.lexiscope.model.config.RotaryFrequencies;
import io.lexiscope.tensor.Nn;
import io.lexiscope.tensor.Shape;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.Tensors;
import io.lexiscope.tensor.option.Pairing;
import java.util.List;

/// Cosines and sines of the rotary turn for the positions of one pass.
///
/// @param dimensions how many of a head's dimensions turn
/// @param layout which dimensions form a pair
/// @param cosine [pos, 1, dimensions], each pair's number at both its places
/// @param sine likewise
/// @see <a href="https://arxiv.org/abs/2104.09864">Su et al. 2021, eq. (34)</a>
public record Rotary(int dimensions, Positions.Layout layout, Tensor cosine, Tensor sine) {

  /// The tables for positions `first … first+count−1`.
  static Rotary of(Positions.Rotary kind, RotaryFrequencies frequencies, int first, int count) {
    int half = kind.dimensions() / 2;
    float[] inverse = frequencies.inverse(kind.dimensions(), first + count);
    float[] angles = new float[count * half];
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < half; i++) {
        angles[p * half + i] = (first + p) * inverse[i];
      }
    }
    double factor = frequencies.attentionFactor(first + count);
    Tensor pairs = Tensors.of(angles, Shape.of(count, 1, half));
    Tensor both =
        switch (kind.layout()) {
          case HALVES -> Tensors.cat(List.of(pairs, pairs), -1);
          case INTERLEAVED -> pairs.repeatInterleave(2, -1);
        };
    return new Rotary(
        kind.dimensions(), kind.layout(), both.cos().mul(factor), both.sin().mul(factor));
  }

  /// The same tables in the type and on the device of the heads they turn.
  Rotary in(Compute compute) {
    return new Rotary(
        dimensions,
        layout,
        cosine.to(compute.type()).to(compute.device()),
        sine.to(compute.type()).to(compute.device()));
  }

  /// The turn of one position alone.
  ///
  /// @param position from 0, counted from the first of these tables
  public Rotary at(int position) {
    return new Rotary(
        dimensions, layout, cosine.narrow(0, position, 1), sine.narrow(0, position, 1));
  }

  /// The transposed turn: `⟨x, apply(y)⟩ = ⟨back().apply(x), y⟩`. Where the tables carry no
  /// attention factor it undoes the turn.
  public Rotary back() {
    return new Rotary(dimensions, layout, cosine, sine.neg());
  }

  /// Turns queries or keys.
  ///
  /// @param x [batch, pos, head, d_head]
  public Tensor apply(Tensor x) {
    return Nn.turn(x, cosine, sine, pairing()).orElseGet(() -> written(x));
  }

  private Pairing pairing() {
    return switch (layout) {
      case HALVES -> Pairing.HALVES;
      case INTERLEAVED -> Pairing.NEIGHBOURS;
    };
  }

  /// The same in operations that record gradients.
  private Tensor written(Tensor x) {
    return TensorScope.tidy(
        () -> {
          long dHead = x.size(-1);
          Tensor turning = dHead == dimensions ? x : x.narrow(-1, 0, dimensions);
          Tensor turned = turning.mul(cosine).add(quarterTurn(turning).mul(sine));
          return dHead == dimensions
              ? turned
              : Tensors.cat(List.of(turned, x.narrow(-1, dimensions, dHead - dimensions)), -1);
        });
  }

  /// Each pair (a, b) becomes (−b, a).
  private Tensor quarterTurn(Tensor x) {
    int half = dimensions / 2;
    return switch (layout) {
      case HALVES ->
          Tensors.cat(List.of(x.narrow(-1, half, half).neg(), x.narrow(-1, 0, half)), -1);
      case INTERLEAVED -> {
        long[] dims = x.shape().toArray();
        Tensor pairs = x.reshape(dims[0], dims[1], dims[2], half, 2);
        yield Tensors.stack(List.of(pairs.select(-1, 1).neg(), pairs.select(-1, 0)), -1)
            .reshape(dims);
      }
    };
  }
}
