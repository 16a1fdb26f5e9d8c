package io.lexiscope.analysis.detox;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.generate.BannedSequences;
import io.lexiscope.model.generate.Decoding;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Continues the prompts and scores the texts of one half under changing models, in turns that let
/// others pass, and makes rows of what comes out.
final class DetoxBench {
  private static final int TEXTS_IN_A_TURN = 16;
  private static final int EXAMPLES = 3;

  /// Words that a filter takes out of a continuation, one after the other.
  private static final int MOST_ROUNDS = 200;

  private final DetoxData.Half half;
  private final Continuations plan;
  private final Decoding decoding;
  private final Bootstrap bootstrap;
  private final DetoxSteps steps;

  DetoxBench(DetoxData.Half half, Decoding decoding, Bootstrap bootstrap, DetoxSteps steps) {
    this.half = half;
    this.plan = Continuations.of(half.prompts());
    this.decoding = decoding;
    this.bootstrap = bootstrap;
    this.steps = steps;
  }

  /// What one model did.
  ///
  /// @param said continuations in the order of the prompts
  /// @param losses of the texts in their order; empty where they were not taken
  record Outcome(List<Continued> said, List<TextLoss> losses) {
    Outcome {
      said = List.copyOf(said);
      losses = List.copyOf(losses);
    }
  }

  /// How many turns one outcome takes.
  long turns(boolean withTexts) {
    int texts = (half.texts().size() + TEXTS_IN_A_TURN - 1) / TEXTS_IN_A_TURN;
    return (long) plan.groups().size() + (withTexts ? texts : 0);
  }

  Outcome outcome(LanguageModel model) {
    return new Outcome(say(model), losses(model));
  }

  /// The model as it is, kept from saying whole words of a list: where one stands in a
  /// continuation, its last token is left out at that place, and the text goes on from there. What
  /// only begins as one, as `assistant`, stays.
  Outcome filtered(LanguageModel model, Lexicon lexicon) {
    return new Outcome(say(group -> withoutWords(model, lexicon, group)), List.of());
  }

  private List<Continued> withoutWords(LanguageModel model, Lexicon lexicon, List<Integer> group) {
    Set<TokenIds> banned = new LinkedHashSet<>();
    List<Continued> said = plan.of(model, decoding, BannedSequences.none(), group);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int before = banned.size();
      for (Continued one : said) {
        List<String> texts = new ArrayList<>();
        for (int tokens = 0; tokens <= one.continuation().size(); tokens++) {
          texts.add(model.tokenizer().decode(one.continuation().slice(0, tokens)));
        }
        int end = Lexicon.firstWordEnd(lexicon, texts);
        if (end > 0) {
          banned.add(one.all().slice(0, one.prompt().size() + end));
        }
      }
      if (banned.size() == before) {
        return said;
      }
      said = plan.of(model, decoding, new BannedSequences(banned), group);
    }
    return said;
  }

  private List<Continued> say(LanguageModel model) {
    return say(group -> plan.of(model, decoding, BannedSequences.none(), group));
  }

  private List<Continued> say(Function<List<Integer>, List<Continued>> continued) {
    Continued[] said = new Continued[plan.prompts().size()];
    for (List<Integer> group : plan.groups()) {
      List<Continued> some = steps.take(DetoxParts.CONTINUATIONS, () -> continued.apply(group));
      for (int i = 0; i < group.size(); i++) {
        said[group.get(i)] = some.get(i);
      }
    }
    return Arrays.asList(said);
  }

  private List<TextLoss> losses(LanguageModel model) {
    List<TextLoss> losses = new ArrayList<>();
    for (int from = 0; from < half.texts().size(); from += TEXTS_IN_A_TURN) {
      List<TokenIds> some =
          half.texts().subList(from, Math.min(from + TEXTS_IN_A_TURN, half.texts().size()));
      losses.addAll(
          steps.take(
              DetoxParts.LOSSES, () -> some.stream().map(ids -> TextLoss.of(model, ids)).toList()));
    }
    return losses;
  }

  /// The text of continuations, without their prompts.
  static List<String> texts(LanguageModel model, List<Continued> said) {
    return said.stream().map(one -> model.tokenizer().decode(one.continuation())).toList();
  }

  /// 1 where a text is toxic, 0 elsewhere.
  static double[] flags(List<String> texts, ContinuationScorer scorer) {
    return scorer.scores(texts).stream()
        .mapToDouble(score -> score >= ContinuationScorer.THRESHOLD ? 1 : 0)
        .toArray();
  }

  static Estimate share(double[] flags) {
    return Estimate.proportion(Math.round(Arrays.stream(flags).sum()), flags.length);
  }

  static double perplexity(List<TextLoss> losses) {
    return perplexity(losses, IntStream.range(0, losses.size()).toArray());
  }

  private static double perplexity(List<TextLoss> losses, int[] indices) {
    double nats = 0;
    long tokens = 0;
    for (int index : indices) {
      nats += losses.get(index).nats();
      tokens += losses.get(index).tokens();
    }
    return Math.exp(nats / tokens);
  }

  /// What rows share: the figures of the baseline and the scorers.
  ///
  /// @param model names tokens
  /// @param lexicon says which continuations are toxic
  /// @param trained the same by what was learned, or null
  /// @param perspective the same by the service, or null
  record Scorers(
      LanguageModel model,
      ContinuationScorer lexicon,
      @Nullable ContinuationScorer trained,
      @Nullable ContinuationScorer perspective) {}

  /// What a row is called and made of.
  ///
  /// @param name in words
  /// @param kind what it is
  /// @param coefficient or null
  /// @param neurons or null
  record Label(
      String name,
      DetoxRowKind kind,
      @Nullable Double coefficient,
      @Nullable List<String> neurons) {}

  /// A row over one or several outcomes of the same prompts, which count together.
  ///
  /// @param baseline the unchanged model's outcome; null for its own row
  DetoxRow row(Label label, List<Outcome> outcomes, @Nullable Outcome baseline, Scorers scorers) {
    List<List<String>> texts =
        outcomes.stream().map(outcome -> texts(scorers.model(), outcome.said())).toList();
    double[] flags = together(texts, scorers.lexicon());
    int prompts = half.prompts().size();
    double[] perPrompt = new double[prompts];
    for (int i = 0; i < flags.length; i++) {
      perPrompt[i % prompts] += flags[i] / outcomes.size();
    }
    Estimate toxicity = share(flags);
    boolean read = !outcomes.getFirst().losses().isEmpty();
    Estimate perplexity =
        read
            ? bootstrap.interval(half.texts().size(), drawn -> meanPerplexity(outcomes, drawn))
            : null;
    Diversity diversity =
        Diversity.of(
            outcomes.stream()
                .flatMap(outcome -> outcome.said().stream())
                .map(Continued::continuation)
                .toList());
    return new DetoxRow(
        label.name(),
        label.kind(),
        label.coefficient(),
        label.neurons(),
        toxicity.value(),
        toxicity,
        baseline == null
            ? null
            : reduction(
                flags(texts(scorers.model(), baseline.said()), scorers.lexicon()), perPrompt),
        scorers.trained() == null ? null : share(together(texts, scorers.trained())),
        scorers.perspective() == null ? null : share(together(texts, scorers.perspective())),
        perplexity == null ? null : perplexity.value(),
        perplexity,
        baseline == null || !read ? null : rise(outcomes, baseline),
        diversity.distinct1(),
        diversity.distinct2(),
        diversity.repetition(),
        outcomes.getFirst().said().stream()
            .limit(EXAMPLES)
            .map(one -> scorers.model().tokenizer().decode(one.all()))
            .toList());
  }

  private static double[] together(List<List<String>> texts, ContinuationScorer scorer) {
    return texts.stream().flatMapToDouble(some -> Arrays.stream(flags(some, scorer))).toArray();
  }

  private static double meanPerplexity(List<Outcome> outcomes, int[] drawn) {
    return outcomes.stream()
        .mapToDouble(outcome -> perplexity(outcome.losses(), drawn))
        .average()
        .orElse(Double.NaN);
  }

  private Estimate rise(List<Outcome> outcomes, Outcome baseline) {
    return bootstrap.interval(
        half.texts().size(),
        drawn -> meanPerplexity(outcomes, drawn) / perplexity(baseline.losses(), drawn) - 1);
  }

  /// Where every draw says the same, as where no continuation is toxic any more, the interval says
  /// what Wilson's for the share after would leave of the share before.
  private Estimate reduction(double[] before, double[] after) {
    Estimate drawn = drawnReduction(before, after);
    double share = Arrays.stream(before).average().orElse(0);
    if (drawn.low() < drawn.high() || share == 0) {
      return drawn;
    }
    double most = share(after).high();
    return new Estimate(
        drawn.value(), Math.min(drawn.low(), 1 - most / share), drawn.high(), drawn.n());
  }

  private Estimate drawnReduction(double[] before, double[] after) {
    return bootstrap.interval(
        before.length,
        drawn ->
            1
                - Arrays.stream(drawn).mapToDouble(i -> after[i]).sum()
                    / Arrays.stream(drawn).mapToDouble(i -> before[i]).sum());
  }
}
