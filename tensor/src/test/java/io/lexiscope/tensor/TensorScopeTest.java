package io.lexiscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorScopeTest {

  @Test
  void tidyFreesAllButWhatItReturns() {
    long before = TensorScope.liveTensors();

    TensorScope.tidyRun(
        () -> {
          Tensor sum =
              TensorScope.tidy(
                  () -> {
                    Tensor ones = Tensors.ones(Shape.of(2, 3));
                    return ones.add(1).mul(2).sum();
                  });

          assertThat(TensorScope.liveTensors()).isEqualTo(before + 1);
          assertThat(sum.item()).isEqualTo(24);
        });

    assertThat(TensorScope.liveTensors()).isEqualTo(before);
  }

  @Test
  void collectionsAndHoldersCarryTheirTensorsOut() {
    TensorScope.tidyRun(
        () -> {
          List<Tensor> pair = TensorScope.tidy(() -> List.of(Tensors.of(1f), Tensors.of(2f)));
          TopK top = TensorScope.tidy(() -> Tensors.of(3f, 9f, 5f).topK(2, 0, true));

          assertThat(pair.get(1).item()).isEqualTo(2);
          assertThat(top.values().toFloats()).containsExactly(9f, 5f);
          assertThat(top.indices().toLongs()).containsExactly(1, 2);
        });
  }

  @Test
  void aTensorBornOutsideAnyScopeIsRefused() {
    assertThatThrownBy(() -> Tensors.zeros(Shape.of(1)).size(0))
        .isInstanceOf(TensorException.class)
        .hasMessageContaining("zeros: expected an open tensor scope");
  }

  @Test
  void aTensorReturnedWithoutAnEnclosingScopeIsRefusedAndFreed() {
    assertThatThrownBy(() -> TensorScope.tidy(() -> Tensors.zeros(Shape.of(1))))
        .isInstanceOf(TensorException.class)
        .hasMessageContaining("expected an enclosing scope");
  }

  @Test
  void useAfterFreeNamesTheShape() {
    TensorScope.tidyRun(
        () -> {
          Tensor[] escaped = new Tensor[1];
          TensorScope.tidyRun(() -> escaped[0] = Tensors.zeros(Shape.of(2, 5)));

          assertThatThrownBy(() -> escaped[0].add(1).size(0))
              .isInstanceOf(TensorException.class)
              .hasMessageContaining("add: expected a live tensor")
              .hasMessageContaining("[2, 5]");
        });
  }

  @Test
  void anOpenScopeKeepsItsTensorsUntilItCloses() {
    try (TensorScope weights = TensorScope.open()) {
      Tensor w = weights.call(() -> Tensors.full(Shape.of(4), 0.5));

      double sum = TensorScope.tidy(() -> w.sum().item());

      assertThat(sum).isEqualTo(2);
    }
  }

  @Test
  void aClosedScopeRefusesWork() {
    TensorScope[] kept = new TensorScope[1];
    try (TensorScope scope = TensorScope.open()) {
      kept[0] = scope;
    }

    assertThatThrownBy(() -> kept[0].run(() -> {}))
        .isInstanceOf(TensorException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void anExceptionInTheBodyFreesEverything() {
    assertThatThrownBy(
            () ->
                TensorScope.tidyRun(
                    () -> {
                      assertThat(Tensors.zeros(Shape.of(8)).size(0)).isEqualTo(8);
                      throw new IllegalStateException("boom");
                    }))
        .hasMessage("boom");
  }
}
