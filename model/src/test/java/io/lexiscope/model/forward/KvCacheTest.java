package io.lexiscope.model.forward;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.NativeRuntime;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KvCacheTest {
  private static final Tolerance ROUNDING = new Tolerance(1e-5, 1e-5);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void sequencesThatBranchAndAreRearrangedAreThoseOfPassesWithoutACache(GoldenModel golden) {
    for (boolean kernels : new boolean[] {false, true}) {
      NativeRuntime.useKernels(kernels);
      try (LanguageModel model = golden.open()) {
        assertThat(!kernels || NativeRuntime.warmUpKernels()).isTrue();
        rearranged(model);
      } finally {
        NativeRuntime.useKernels(true);
      }
    }
  }

  private static void rearranged(LanguageModel model) {
    Random random = new Random(7);
    List<TokenIds> texts = List.of(GoldenModel.prompt(21));
    try (KvCache cache =
        KvCache.branching(model.transformer(), /* most= */ 3, /* capacity= */ 40)) {
      check(model, cache, texts, texts);
      for (int[] rows : new int[][] {{0, 0, 0}, {2, 0, 2}, {1, 1}, {0, 1, 0}, {2, 2, 2}}) {
        cache.reorder(rows);
        List<TokenIds> fresh = new ArrayList<>();
        List<TokenIds> longer = new ArrayList<>();
        for (int row : rows) {
          TokenIds next = TokenIds.of(3 + random.nextInt(500), 3 + random.nextInt(500));
          fresh.add(next);
          longer.add(texts.get(row).plus(next.stream().toArray()));
        }
        texts = longer;
        check(model, cache, fresh, texts);
      }
    }
  }

  /// Runs the fresh tokens over the cache and holds the last position against the whole texts.
  private static void check(
      LanguageModel model, KvCache cache, List<TokenIds> fresh, List<TokenIds> texts) {
    TensorScope.tidyRun(
        () -> {
          Tensor got = last(model, fresh, cache);
          Tensor expected = last(model, texts, null);
          assertClose(got.toFloats(), expected.toFloats(), ROUNDING);
        });
  }

  private static Tensor last(
      LanguageModel model, List<TokenIds> texts, @org.jspecify.annotations.Nullable KvCache cache) {
    Tensor all =
        model
            .transformer()
            .forward(new TokenBatch(texts, /* padding= */ 0), ActiveHooks.none(), cache);
    return all.narrow(1, all.size(1) - 1, 1);
  }

  @Test
  void branchesHoldTheirPromptOnce() {
    try (LanguageModel model = GoldenModel.GPT2.open();
        KvCache one = KvCache.create(model.transformer(), /* batch= */ 1, /* capacity= */ 100);
        KvCache eight =
            KvCache.branching(model.transformer(), /* most= */ 8, /* capacity= */ 100)) {
      TensorScope.tidyRun(
          () -> {
            TokenBatch prompt = TokenBatch.of(GoldenModel.prompt(64));
            assertThat(model.transformer().forward(prompt, ActiveHooks.none(), one).size(1))
                .isEqualTo(64);
            assertThat(model.transformer().forward(prompt, ActiveHooks.none(), eight).size(1))
                .isEqualTo(64);

            eight.branch(8);
            assertThat(eight.sequences()).isEqualTo(8);
            assertThat(eight.bytesInUse()).isEqualTo(one.bytesInUse());

            eight.reorder(7, 7, 6, 5, 4, 3, 2, 1);
            assertThat(eight.bytesInUse()).isEqualTo(one.bytesInUse());
          });
      // 64 positions of keys and values: 3 layers, width 64, float32.
      assertThat(one.bytesInUse()).isEqualTo(2L * 64 * 3 * 64 * Float.BYTES);
    }
  }

  @Test
  void aTruncatedCacheGoesOnFromWhereItWasCut() {
    try (LanguageModel model = GoldenModel.LLAMA.open();
        KvCache cache = KvCache.create(model.transformer(), /* batch= */ 1, /* capacity= */ 60)) {
      TokenIds text = GoldenModel.prompt(30);
      check(model, cache, List.of(text), List.of(text));
      long full = cache.bytesInUse();

      cache.truncate(10);

      assertThat(cache.length()).isEqualTo(10);
      assertThat(cache.bytesInUse()).isEqualTo(full / 2);
      TokenIds kept = TokenIds.of(text.stream().limit(10).toArray());
      check(model, cache, List.of(TokenIds.of(9, 8)), List.of(kept.plus(9, 8)));
    }
  }
}
