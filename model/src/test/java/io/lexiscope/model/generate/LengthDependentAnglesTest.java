package io.lexiscope.model.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lexiscope.model.FaultCase;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.forward.KvCache;
import io.lexiscope.model.forward.LateKeys;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.parity.SelfChecks;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rotary angles that depend on the length of the sequence: nothing computed at one length may be
/// kept for another, and the oracle is a whole pass at every step.
class LengthDependentAnglesTest {
  private static final TokenIds PROMPT = TokenIds.of(36, 13, 12, 20, 36, 7, 12, 22, 11, 18, 15, 5);
  private static final int MORE = 14;

  /// What the reference (transformers 5.18, `use_cache=False`) answers to [#PROMPT].
  private static final TokenIds REFERENCE =
      TokenIds.of(19, 21, 15, 26, 32, 34, 12, 32, 15, 26, 32, 15, 12, 32);

  @TempDir Path folder;

  @Test
  void greedyTokensAreThoseOfTheReferenceAcrossTheSwitch() {
    try (LanguageModel model = FaultCase.LONGROPE_SWITCH.open()) {
      assertThat(greedy(model, PROMPT)).isEqualTo(REFERENCE);
      assertThat(wholePasses(model, PROMPT)).isEqualTo(REFERENCE);
    }
  }

  @Test
  void beamsCrossTheSwitch() {
    try (LanguageModel model = FaultCase.LONGROPE_SWITCH.open()) {
      assertThat(added(model, PROMPT, decoding(new Decoding.Strategy.Beams(1))))
          .isEqualTo(REFERENCE);
      TokenIds three = added(model, PROMPT, decoding(new Decoding.Strategy.Beams(3)));
      assertThat(logProbability(model, three))
          .isGreaterThanOrEqualTo(logProbability(model, REFERENCE));
    }
  }

  /// Log-probability of a continuation of [#PROMPT], from whole passes.
  private static double logProbability(LanguageModel model, TokenIds more) {
    double sum = 0;
    for (int i = 0; i < more.size(); i++) {
      float[] logits = logits(model, PROMPT.plus(more.slice(0, i)));
      double all = 0;
      for (float logit : logits) {
        all += Math.exp(logit);
      }
      sum += logits[more.get(i)] - Math.log(all);
    }
    return sum;
  }

  @Test
  void tokensThatMayLeaveEarlyCrossTheSwitch() {
    try (LanguageModel model = FaultCase.LONGROPE_SWITCH.open()) {
      for (LateKeys late : LateKeys.values()) {
        Decoding never = Decoding.greedy(MORE).leaving(new EarlyExit(ExitRule.never(), late));
        assertThat(added(model, PROMPT, never)).isEqualTo(REFERENCE);
      }
    }
  }

  @Test
  void promptsSideBySideCrossTheSwitchEachAsAlone() {
    List<TokenIds> prompts =
        List.of(PROMPT, PROMPT.slice(0, 11).plus(9), PROMPT.slice(2, 12).plus(1, 2));
    try (LanguageModel model = FaultCase.LONGROPE_SWITCH.open()) {
      List<Generation> together = model.generator().generateAll(prompts, Decoding.greedy(MORE));
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(together.get(i).ids())
            .isEqualTo(prompts.get(i).plus(wholePasses(model, prompts.get(i))));
      }
    }
  }

  @Test
  void dynamicAnglesChangeWithEveryTokenBeyondTheContext() throws IOException {
    for (String file : List.of("model.safetensors", "tokenizer.json")) {
      Path from = Path.of("src/test/resources/golden/llama-a", file);
      if (Files.exists(from)) {
        Files.copy(from, folder.resolve(file));
      }
    }
    String config = Files.readString(Path.of("src/test/resources/golden/llama-a/config.json"));
    Files.writeString(
        folder.resolve("config.json"),
        config
            .replaceAll("\"max_position_embeddings\": *\\d+", "\"max_position_embeddings\": 8")
            .replaceAll(
                "\"rope_type\": *\"default\"", "\"rope_type\": \"dynamic\", \"factor\": 2.0"));
    try (LanguageModel model = LanguageModel.open(folder)) {
      assertThat(model.architecture().sameAngles(7, 8)).isTrue();
      assertThat(model.architecture().sameAngles(9, 10)).isFalse();
      TokenIds prompt = GoldenModel.prompt(5);
      assertThat(greedy(model, prompt)).isEqualTo(wholePasses(model, prompt));
      assertThat(SelfChecks.check(model).passed()).isTrue();
    }
  }

  @Test
  void aCacheWhoseAnglesHaveChangedIsRefusedRatherThanUsed() {
    try (LanguageModel model = FaultCase.LONGROPE_SWITCH.open();
        KvCache cache = KvCache.create(model.transformer(), /* batch= */ 1, /* capacity= */ 20)) {
      TensorScope.tidyRun(
          () -> {
            run(model, TokenBatch.of(PROMPT), cache);
            assertThatThrownBy(() -> run(model, TokenBatch.of(PROMPT.slice(0, 5)), cache))
                .isInstanceOf(ForwardException.class)
                .hasMessageContaining("expected tokens that turn as the 12 of the cache did");
          });
    }
  }

  private static void run(LanguageModel model, TokenBatch batch, KvCache cache) {
    var last = model.transformer().forward(batch, ActiveHooks.none(), cache);
    assertThat(last.size(1)).isEqualTo(batch.length());
  }

  @Test
  void theSelfCheckOfTheCacheCrossesTheSwitch() {
    try (LanguageModel model = FaultCase.LONGROPE_SWITCH.open()) {
      assertThat(model.architecture().changingAnglesAt(9).sameAngles(9, 16)).isFalse();
      assertThat(SelfChecks.check(model).passed()).isTrue();
    }
  }

  private static Decoding decoding(Decoding.Strategy strategy) {
    return new Decoding(MORE, strategy, java.util.Set.of(), /* alternatives= */ 0);
  }

  private static TokenIds greedy(LanguageModel model, TokenIds prompt) {
    return added(model, prompt, Decoding.greedy(MORE));
  }

  private static TokenIds added(LanguageModel model, TokenIds prompt, Decoding decoding) {
    TokenIds all = model.generator().generate(prompt, decoding).ids();
    return all.slice(prompt.size(), all.size());
  }

  private static TokenIds wholePasses(LanguageModel model, TokenIds prompt) {
    TokenIds all = prompt;
    for (int i = 0; i < MORE; i++) {
      float[] logits = logits(model, all);
      int best = 0;
      for (int id = 1; id < logits.length; id++) {
        best = logits[id] > logits[best] ? id : best;
      }
      all = all.plus(best);
    }
    return all.slice(prompt.size(), all.size());
  }

  private static float[] logits(LanguageModel model, TokenIds ids) {
    try (Run run = model.run(ids, Recording.nothing())) {
      return TensorScope.tidy(() -> run.logits(-1).toFloats());
    }
  }
}
