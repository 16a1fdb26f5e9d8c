package io.lexiscope.model.generate;

import static io.lexiscope.tensor.testing.TensorAssertions.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.MustBeClosed;
import io.lexiscope.model.GoldenModel;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.forward.ForwardException;
import io.lexiscope.model.forward.TokenBatch;
import io.lexiscope.model.hook.ActiveHooks;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.tensor.Tensor;
import io.lexiscope.tensor.TensorScope;
import io.lexiscope.tensor.testing.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
  private static final TokenIds PROMPT = TokenIds.of(5, 17, 300, 42);

  @MustBeClosed
  private static LanguageModel open(String name) {
    return LanguageModel.open(Path.of("src/test/resources/golden", name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a", "mistral-a", "gpt-neo-a", "gemma2-a"})
  void greedyTakesTheLikeliestTokenOfAnUncachedPassEachTime(String name) {
    try (LanguageModel model = open(name)) {
      Generation generation = model.generator().generate(PROMPT, Decoding.greedy(12));

      TokenIds soFar = PROMPT;
      for (Generation.Step step : generation.tokens()) {
        assertThat(step.id()).isEqualTo(likeliest(model, soFar));
        soFar = soFar.plus(step.id());
      }
      assertThat(generation.tokens()).hasSize(12);
    }
  }

  private static int likeliest(LanguageModel model, TokenIds ids) {
    try (Run run = model.run(ids, Recording.nothing())) {
      return run.logits(-1).best();
    }
  }

  @Test
  void aBatchGivesEachPromptWhatItGetsAlone() {
    try (LanguageModel model = open("llama-a")) {
      List<TokenIds> prompts =
          List.of(PROMPT, TokenIds.of(1, 2), TokenIds.of(9, 9, 9, 9), TokenIds.of(7));
      Decoding decoding =
          new Decoding(8, new Decoding.Strategy.Sampled(1.0, 0, 1.0, 3), Set.of(), 0);

      List<Generation> together = model.generator().generateAll(prompts, decoding);

      for (int i = 0; i < prompts.size(); i++) {
        assertThat(together.get(i).ids())
            .isEqualTo(model.generator().generate(prompts.get(i), decoding).ids());
      }
    }
  }

  @Test
  void theSameSeedDrawsTheSameTextAndAnotherDoesNot() {
    try (LanguageModel model = open("gpt2-a")) {
      assertThat(sampled(model, 1).ids()).isEqualTo(sampled(model, 1).ids());
      assertThat(sampled(model, 1).ids()).isNotEqualTo(sampled(model, 2).ids());
    }
  }

  private static Generation sampled(LanguageModel model, long seed) {
    return model
        .generator()
        .generate(
            PROMPT,
            new Decoding(20, new Decoding.Strategy.Sampled(3.0, 0, 1.0, seed), Set.of(), 0));
  }

  @Test
  void topKOneAndATinyTopPAreGreedy() {
    try (LanguageModel model = open("gpt2-a")) {
      TokenIds greedy = model.generator().generate(PROMPT, Decoding.greedy(8)).ids();
      Decoding topK = new Decoding(8, new Decoding.Strategy.Sampled(2, 1, 1, 5), Set.of(), 0);
      Decoding topP = new Decoding(8, new Decoding.Strategy.Sampled(2, 0, 1e-9, 5), Set.of(), 0);

      assertThat(model.generator().generate(PROMPT, topK).ids()).isEqualTo(greedy);
      assertThat(model.generator().generate(PROMPT, topP).ids()).isEqualTo(greedy);
    }
  }

  @Test
  void aBannedTokenGivesWayToTheNextLikeliest() {
    try (LanguageModel model = open("gpt2-a")) {
      Generation free = model.generator().generate(PROMPT, Decoding.greedy(6).reporting(2));
      int banned = free.tokens().getFirst().id();

      Generation filtered =
          model.generator().banning(ban(banned)).generate(PROMPT, Decoding.greedy(6));

      assertThat(filtered.tokens().getFirst().id())
          .isEqualTo(free.tokens().getFirst().alternatives().get(1).id());
      assertThat(filtered.tokens()).noneMatch(step -> step.id() == banned);
    }
  }

  @Test
  void ofABannedSequenceOnlyTheLastTokenIsLeftOutAndOnlyAfterTheOthers() {
    try (LanguageModel model = open("gpt2-a")) {
      List<Generation.Step> free = model.generator().generate(PROMPT, Decoding.greedy(6)).tokens();
      int last = PROMPT.get(PROMPT.size() - 1);

      List<Generation.Step> across =
          model
              .generator()
              .banning(ban(last, free.getFirst().id()))
              .generate(PROMPT, Decoding.greedy(6))
              .tokens();
      List<Generation.Step> elsewhere =
          model
              .generator()
              .banning(ban(511, free.getFirst().id()))
              .generate(PROMPT, Decoding.greedy(6))
              .tokens();

      assertThat(across.getFirst().id()).isNotEqualTo(free.getFirst().id());
      assertThat(elsewhere).isEqualTo(free);
      assertThatThrownBy(() -> model.generator().banning(ban(1)).generate(PROMPT, beams(2, 4)))
          .isInstanceOf(GenerationException.class)
          .hasMessageContaining("got a beam search");
    }
  }

  private static BannedSequences ban(int... ids) {
    return new BannedSequences(Set.of(TokenIds.of(ids)));
  }

  @Test
  void oneBeamIsGreedy() {
    try (LanguageModel model = open("gpt2-a")) {
      assertThat(model.generator().generate(PROMPT, beams(1, 8)).ids())
          .isEqualTo(model.generator().generate(PROMPT, Decoding.greedy(8)).ids());
    }
  }

  @Test
  void asManyBeamsAsWordsFindTheBestPairOfAll() {
    try (LanguageModel model = open("gpt2-a")) {
      int vocabulary = model.architecture().dimensions().vocabulary();
      double best = Double.NEGATIVE_INFINITY;
      List<TokenIds> continued = new ArrayList<>();
      for (int id = 0; id < vocabulary; id++) {
        continued.add(PROMPT.plus(id));
      }
      float[] first = logProbabilities(model, List.of(PROMPT));
      float[] second = logProbabilities(model, continued);
      for (int i = 0; i < vocabulary; i++) {
        for (int j = 0; j < vocabulary; j++) {
          best = Math.max(best, (double) first[i] + second[i * vocabulary + j]);
        }
      }

      Generation found = model.generator().generate(PROMPT, beams(vocabulary, 2));

      double sum = found.tokens().stream().mapToDouble(step -> Math.log(step.probability())).sum();
      assertClose(sum, best, Tolerance.within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2-a", "llama-a", "gemma2-a"})
  void beamsAreThoseOfARecomputationWithoutACache(String name) {
    try (LanguageModel model = open(name)) {
      int width = 3;
      int vocabulary = model.architecture().dimensions().vocabulary();
      List<TokenIds> beams = List.of(PROMPT);
      double[] sums = {0};
      for (int step = 0; step < 6; step++) {
        float[] next = logProbabilities(model, beams);
        double[] all = new double[next.length];
        for (int i = 0; i < all.length; i++) {
          all[i] = sums[i / vocabulary] + next[i];
        }
        int[] best =
            IntStream.range(0, all.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -all[i]))
                .limit(width)
                .mapToInt(i -> i)
                .toArray();
        List<TokenIds> before = beams;
        beams =
            Arrays.stream(best)
                .mapToObj(i -> before.get(i / vocabulary).plus(i % vocabulary))
                .toList();
        sums = Arrays.stream(best).mapToDouble(i -> all[i]).toArray();
      }

      assertThat(model.generator().generate(PROMPT, beams(width, 6)).ids())
          .isEqualTo(beams.getFirst());
    }
  }

  @Test
  void promptsThatBeginAlikeAreContinuedAsEachAlone() {
    try (LanguageModel model = open("llama-a")) {
      TokenIds common = GoldenModel.prompt(20);
      List<TokenIds> prompts =
          List.of(common.plus(1, 2), common.plus(3, 4), common.plus(3, 4), common.plus(3, 5));

      List<Generation> together = model.generator().generateAll(prompts, Decoding.greedy(8));

      for (int i = 0; i < prompts.size(); i++) {
        assertThat(together.get(i).ids())
            .isEqualTo(model.generator().generate(prompts.get(i), Decoding.greedy(8)).ids());
      }
    }
  }

  private static float[] logProbabilities(LanguageModel model, List<TokenIds> prompts) {
    return TensorScope.tidy(
        () -> {
          Tensor last =
              model
                  .transformer()
                  .forward(
                      new TokenBatch(prompts, /* padding= */ 0),
                      ActiveHooks.none(),
                      /* cache= */ null);
          return model.transformer().logits(last.narrow(1, -1, 1)).logSoftmax(-1).toFloats();
        });
  }

  private static Decoding beams(int width, int tokens) {
    return new Decoding(tokens, new Decoding.Strategy.Beams(width), Set.of(), 0);
  }

  @Test
  void everyStrategyStopsAfterAStopToken() {
    try (LanguageModel model = open("gpt2-a")) {
      int third = model.generator().generate(PROMPT, Decoding.greedy(3)).tokens().getLast().id();

      Generation stopped =
          model.generator().generate(PROMPT, Decoding.greedy(20).stoppingAt(Set.of(third)));

      assertThat(stopped.tokens().getLast().id()).isEqualTo(third);
      assertThat(stopped.tokens()).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void alternativesComeWithTheirProbabilities() {
    try (LanguageModel model = open("gpt2-a")) {
      Generation.Step step =
          model.generator().generate(PROMPT, Decoding.greedy(1).reporting(5)).tokens().getFirst();

      assertThat(step.alternatives()).hasSize(5);
      assertThat(step.alternatives().getFirst().id()).isEqualTo(step.id());
      assertClose(
          step.alternatives().getFirst().probability(), step.probability(), Tolerance.exact());
    }
  }

  @Test
  void moreTokensThanTheContextHoldsAreRefusedBeforeTheFirst() {
    try (LanguageModel model = open("gpt2-a")) {
      assertThatThrownBy(() -> model.generator().generate(PROMPT, Decoding.greedy(1000)))
          .isInstanceOf(ForwardException.class)
          .hasMessage(
              "generate: expected at most 124 new tokens after a prompt of 4 in a context of 128, got 1000");
    }
  }
}
