package io.lexiscope.model.forward;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayeredPassTest {
  private static final TokenIds IDS = GoldenModel.prompt(9);
  private static final int CAPACITY = 12;

  /// Layers after which the calls leave: two blocks wait for some, one for others, none at the end.
  private static final int[] LEAVES = {0, 1, 0, 0, 2, 1, 0};

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void keysAndValuesCaughtUpAreThoseOfTheFullPass(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        LayeredPass pass = open(model, LateKeys.EXACT);
        KvCache full = KvCache.create(model.transformer(), /* batch= */ 1, CAPACITY)) {
      TensorScope.tidyRun(
          () -> {
            model.transformer().forward(TokenBatch.of(IDS), ActiveHooks.none(), full);
            leaveAt(pass, LEAVES);

            KvCache caughtUp = pass.caughtUp();

            for (int layer = 0; layer < model.architecture().layers(); layer++) {
              assertThat(pass.held(layer)).isEqualTo(IDS.size());
              assertClose(keys(caughtUp, layer), keys(full, layer), TO_1E_5);
              assertClose(values(caughtUp, layer), values(full, layer), TO_1E_5);
            }
          });
    }
  }

  private static final Tolerance TO_1E_5 = new Tolerance(1e-5, 1e-5);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aPositionThatGoesAllTheWayIsThatOfTheFullPassThoughOthersLeft(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        LayeredPass pass = open(model, LateKeys.EXACT)) {
      TensorScope.tidyRun(
          () -> {
            Tensor whole =
                model.transformer().forward(TokenBatch.of(IDS), ActiveHooks.none(), null);
            int[] leaves = LEAVES.clone();
            leaves[leaves.length - 1] = model.architecture().layers() - 1;

            LayeredPass.Reached reached = leaveAt(pass, leaves);

            AffineNorm norm = model.transformer().finalNorm();
            Tensor last = norm == null ? reached.stream() : norm.apply(reached.stream());
            assertClose(last, whole.narrow(1, IDS.size() - 1L, 1), TO_1E_5);
          });
    }
  }

  @Test
  void layersAfterTheOneLeftDoNotRun() {
    try (LanguageModel model = GoldenModel.LLAMA.open();
        LayeredPass pass = open(model, LateKeys.EXACT)) {
      TensorScope.tidyRun(() -> leaveAt(pass, 0, 1, 0, 0, 0, 0, 0));

      assertThat(pass.length()).isEqualTo(9);
      assertThat(pass.held(0)).isEqualTo(9);
      assertThat(pass.held(1)).isEqualTo(4);
      assertThat(pass.held(2)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void copiedKeysAreThoseOfTheStreamThatLeft(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        LayeredPass pass = open(model, LateKeys.COPIED);
        KvCache full = KvCache.create(model.transformer(), /* batch= */ 1, CAPACITY)) {
      TensorScope.tidyRun(
          () -> {
            model.transformer().forward(TokenBatch.of(IDS), ActiveHooks.none(), full);
            leaveAt(pass, LEAVES);

            KvCache caughtUp = pass.caughtUp();

            assertClose(keys(caughtUp, 0), keys(full, 0), TO_1E_5);
            // The first three ids left after block 0, whose stream enters block 1 in either pass.
            assertClose(first(keys(caughtUp, 1)), first(keys(full, 1)), TO_1E_5);
            assertClose(first(values(caughtUp, 1)), first(values(full, 1)), TO_1E_5);
            assertThat(first(keys(caughtUp, 2)).toFloats())
                .isNotEqualTo(first(keys(full, 2)).toFloats());
          });
    }
  }

  @Test
  void moreTokensThanTheCapacityAreRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open();
        LayeredPass pass = open(model, LateKeys.EXACT)) {
      assertThatThrownBy(() -> pass.run(GoldenModel.prompt(13), (layer, stream, kept) -> false))
          .isInstanceOf(ForwardException.class)
          .hasMessageContaining("expected at most 12 positions");
    }
  }

  @com.google.errorprone.annotations.MustBeClosed
  private static LayeredPass open(LanguageModel model, LateKeys late) {
    return model.transformer().layered(CAPACITY, late, past -> ActiveHooks.none());
  }

  /// Reads three ids and then one by one, leaving each time where told.
  private static LayeredPass.Reached leaveAt(LayeredPass pass, int... layers) {
    int[] ids = IDS.toArray();
    LayeredPass.Reached reached = null;
    for (int call = 0; call < layers.length; call++) {
      int leave = layers[call];
      TokenIds tokens = TokenIds.of(call == 0 ? Arrays.copyOf(ids, 3) : new int[] {ids[call + 2]});
      reached = pass.run(tokens, (layer, stream, kept) -> layer == leave);
      assertThat(reached.layer()).isEqualTo(leave);
    }
    return java.util.Objects.requireNonNull(reached);
  }

  private static Tensor first(Tensor all) {
    return all.narrow(1, 0, 3);
  }

  private static Tensor keys(KvCache cache, int layer) {
    return cache.keys(layer, /* fresh= */ 0);
  }

  private static Tensor values(KvCache cache, int layer) {
    return cache.values(layer, /* fresh= */ 0);
  }
}
