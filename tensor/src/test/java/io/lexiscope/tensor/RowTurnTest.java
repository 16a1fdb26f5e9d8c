package io.lexiscope.tensor;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.tensor.option.Pairing;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowTurnTest {
  private static final int BATCH = 2;
  private static final int LENGTH = 3;
  private static final int HEADS = 5;
  private static final int WIDTH = 8;

  /// Six of eight dimensions turn.
  private static final int TURNING = 6;

  private static Tensor heads() {
    return Tensors.arange((long) BATCH * LENGTH * HEADS * WIDTH)
        .to(DType.FLOAT32)
        .mul(0.37)
        .sin()
        .reshape(BATCH, LENGTH, HEADS, WIDTH);
  }

  private static int pair(Pairing pairing, int dimension) {
    return switch (pairing) {
      case HALVES -> dimension % (TURNING / 2);
      case NEIGHBOURS -> dimension / 2;
    };
  }

  private static double angle(int position, int pair) {
    return (position + 1) * (0.3 + pair);
  }

  private static float[] table(Pairing pairing, boolean cosine) {
    float[] table = new float[LENGTH * TURNING];
    for (int i = 0; i < table.length; i++) {
      double angle = angle(i / TURNING, pair(pairing, i % TURNING));
      table[i] = (float) (cosine ? Math.cos(angle) : Math.sin(angle));
    }
    return table;
  }

  @ParameterizedTest
  @EnumSource
  void eachPairOfEachHeadTurnsByTheAngleOfItsPosition(Pairing pairing) {
    TensorScope.tidyRun(
        () -> {
          Shape shape = Shape.of(LENGTH, 1, TURNING);
          Tensor cosine = Tensors.of(table(pairing, /* cosine= */ true), shape);
          Tensor sine = Tensors.of(table(pairing, /* cosine= */ false), shape);
          float[] x = heads().toFloats();
          float[] expected = x.clone();
          for (int head = 0; head < BATCH * LENGTH * HEADS; head++) {
            for (int pair = 0; pair < TURNING / 2; pair++) {
              int a = head * WIDTH + (pairing == Pairing.HALVES ? pair : 2 * pair);
              int b = a + (pairing == Pairing.HALVES ? TURNING / 2 : 1);
              double angle = angle(head / HEADS % LENGTH, pair);
              expected[a] = (float) (x[a] * Math.cos(angle) - x[b] * Math.sin(angle));
              expected[b] = (float) (x[b] * Math.cos(angle) + x[a] * Math.sin(angle));
            }
          }

          Optional<Tensor> turned = Nn.turn(heads(), cosine, sine, pairing);

          assertThat(turned).isPresent();
          assertClose(turned.orElseThrow().toFloats(), expected, new Tolerance(1e-6, 1e-6));
        });
  }

  @Test
  void whatRecordsAGradientOrLiesInPiecesIsLeftToOtherOperations() {
    TensorScope.tidyRun(
        () -> {
          Tensor table = Tensors.zeros(Shape.of(LENGTH, 1, TURNING), DType.FLOAT32);
          Tensor pieces = heads().narrow(-1, 0, TURNING);
          Tensor other = heads().to(DType.FLOAT64);

          assertThat(Nn.turn(pieces, table, table, Pairing.HALVES)).isEmpty();
          assertThat(Nn.turn(other, table, table, Pairing.HALVES)).isEmpty();
          Tensor leaf = heads().detach().requireGrad();
          assertThat(Nn.turn(leaf, table, table, Pairing.HALVES)).isEmpty();
        });
  }
}
