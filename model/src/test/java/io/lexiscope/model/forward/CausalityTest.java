package io.lexiscope.model.forward;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which positions a value depends on, and that a cache or a batch changes no number.
class CausalityTest {
  private static final TokenIds PROMPT = GoldenModel.prompt(24);
  private static final Tolerance FLOAT = new Tolerance(5e-5, 5e-5);

  private static float[] firstPositions(Run run, HookName at, int count) {
    return TensorScope.tidy(
        () -> {
          Tensor value = run.activation(at);
          if (at.point().axes().contains("query_pos")) {
            return value.narrow(2, 0, count).narrow(3, 0, count).contiguous().toFloats();
          }
          return value.narrow(1, 0, count).contiguous().toFloats();
        });
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void laterTokensNeverChangeEarlierActivations(GoldenModel golden) {
    try (LanguageModel model = golden.open()) {
      List<HookName> places =
          GoldenModel.places(model.architecture()).stream()
              .filter(at -> at.point() != HookPoint.ATTN_SCORES)
              .toList();
      try (Run whole = model.run(PROMPT, Recording.of(places));
          Run start = model.run(PROMPT.slice(0, 10), Recording.of(places))) {
        for (HookName at : places) {
          assertClose(firstPositions(whole, at, 10), firstPositions(start, at, 10), FLOAT);
        }
      }
    }
  }

  @Test
  void anEncoderSeesWhatComesLater() {
    try (LanguageModel model = GoldenModel.BERT.open();
        Run whole = model.run(PROMPT, Recording.of(HookPoint.RESID_POST));
        Run start = model.run(PROMPT.slice(0, 10), Recording.of(HookPoint.RESID_POST))) {
      HookName at = HookPoint.RESID_POST.at(1);

      assertThatThrownBy(
              () ->
                  assertClose(firstPositions(whole, at, 10), firstPositions(start, at, 10), FLOAT))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("elements differ");
    }
  }

  @ParameterizedTest
  @EnumSource(value = GoldenModel.class, mode = EnumSource.Mode.EXCLUDE, names = "BERT")
  void aCacheGivesTheNumbersOfOneWholePass(GoldenModel golden) {
    try (LanguageModel model = golden.open();
        Run whole = model.run(PROMPT, Recording.nothing());
        KvCache cache = KvCache.create(model.transformer(), /* batch= */ 1, PROMPT.size())) {
      float[] expected = TensorScope.tidy(() -> whole.logits().toFloats());
      int words = expected.length / PROMPT.size();
      int at = 0;
      // A first stretch, single steps, a later stretch, single steps to the end.
      for (int length : new int[] {5, 1, 1, 6, 1, 3, 1, 1, 1, 1, 1, 1, 1}) {
        TokenIds next = PROMPT.slice(at, at + length);
        float[] logits =
            TensorScope.tidy(
                () ->
                    model
                        .transformer()
                        .logits(
                            model
                                .transformer()
                                .forward(TokenBatch.of(next), ActiveHooks.none(), cache))
                        .toFloats());
        float[] there = java.util.Arrays.copyOfRange(expected, at * words, (at + length) * words);
        assertClose(logits, there, FLOAT);
        at += length;
        assertThat(cache.length()).isEqualTo(at);
      }
      assertThat(at).isEqualTo(PROMPT.size());
    }
  }

  @ParameterizedTest
  @EnumSource(GoldenModel.class)
  void promptsOfSeveralLengthsInOneBatchGiveTheNumbersEachGivesAlone(GoldenModel golden) {
    List<TokenIds> prompts =
        List.of(GoldenModel.prompt(17), GoldenModel.prompt(4), GoldenModel.prompt(9));
    try (LanguageModel model = golden.open()) {
      TensorScope.tidyRun(
          () -> {
            Tensor together =
                model
                    .transformer()
                    .forward(
                        new TokenBatch(prompts, /* padding= */ 0),
                        ActiveHooks.none(),
                        /* cache= */ null);
            for (int row = 0; row < prompts.size(); row++) {
              Tensor alone =
                  model
                      .transformer()
                      .forward(
                          TokenBatch.of(prompts.get(row)), ActiveHooks.none(), /* cache= */ null);
              int length = prompts.get(row).size();
              assertClose(
                  together.select(0, row).narrow(0, 0, length).contiguous(),
                  alone.select(0, 0).contiguous(),
                  FLOAT);
            }
          });
    }
  }

  @Test
  void promptsThatCannotRunAreRefused() {
    try (LanguageModel model = GoldenModel.GPT2.open()) {
      assertThatThrownBy(() -> run(model, TokenIds.of()))
          .isInstanceOf(ForwardException.class)
          .hasMessage("prompt: expected at least one token, got none; give a text or token ids");
      assertThatThrownBy(() -> run(model, TokenIds.of(1, 2, 512)))
          .isInstanceOf(ForwardException.class)
          .hasMessage("prompt: expected token ids from 0 to 511, got 512 at position 2");
      assertThatThrownBy(() -> run(model, GoldenModel.prompt(129)))
          .isInstanceOf(ForwardException.class)
          .hasMessageStartingWith(
              "prompt: expected at most 128 tokens, the context of the model, got 129");
      run(model, GoldenModel.prompt(128));
    }
  }

  private static void run(LanguageModel model, TokenIds ids) {
    try (Run run = model.run(ids, Recording.nothing())) {
      assertThat(run.length()).isEqualTo(ids.size());
    }
  }

  @Test
  void aCacheThatIsFullRefusesMore() {
    try (LanguageModel model = GoldenModel.LLAMA.open();
        KvCache cache = KvCache.create(model.transformer(), /* batch= */ 1, 4)) {
      assertThatThrownBy(
              () ->
                  TensorScope.tidyRun(
                      () ->
                          assertThat(
                                  model
                                      .transformer()
                                      .forward(
                                          TokenBatch.of(GoldenModel.prompt(5)),
                                          ActiveHooks.none(),
                                          cache)
                                      .size(1))
                              .isEqualTo(5)))
          .isInstanceOf(ForwardException.class)
          .hasMessage("prompt: expected at most 4 positions, the size of the cache, got 5");
    }
  }
}
