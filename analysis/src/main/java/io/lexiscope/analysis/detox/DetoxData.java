package io.lexiscope.analysis.detox;

import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a detoxification experiment is run on: prompts and texts in two halves, the lexicon, and
/// other scorers where there are any.
///
/// @param choosing for choosing vectors and coefficient
/// @param measuring for the figures reported
/// @param lexicon what counts as toxic
/// @param trained a scorer trained on texts whose kind is known, or null
/// @param service another scorer of the measured continuations, or null
public record DetoxData(
    Half choosing,
    Half measuring,
    Lexicon lexicon,
    @Nullable Trained trained,
    @Nullable ContinuationScorer service) {

  /// Prompts and texts.
  ///
  /// @param prompts to be continued
  /// @param texts whose loss is taken, of two tokens at least
  public record Half(List<TokenIds> prompts, List<TokenIds> texts) {
    /// Copies the lists.
    public Half {
      prompts = List.copyOf(prompts);
      texts = List.copyOf(texts);
    }
  }

  /// A trained scorer.
  ///
  /// @param bag the scorer
  /// @param accuracy on held-out labelled texts
  /// @param description of it in words
  public record Trained(BagOfWordsScorer bag, Estimate accuracy, String description) {}

  /// Parts prompts and texts: the even ones, from 0, are for choosing, the odd ones for measuring.
  /// Texts of fewer than two tokens have no loss and do not count.
  ///
  /// @param prompts what provokes
  /// @param texts held-out texts for the perplexity, each taken by itself
  /// @param lexicon what counts as toxic
  /// @param limit most prompts, and most texts, of each half
  /// @throws DetoxException if the limit is below 1, the model has no tokenizer, or there are fewer
  ///   than two prompts or texts
  public static DetoxData of(
      LanguageModel model, List<String> prompts, List<String> texts, Lexicon lexicon, int limit) {
    if (limit < 1) {
      throw new DetoxException("limit", "detox: expected a limit of 1 or more, got " + limit);
    }
    if (!model.tokenizer().isPresent()) {
      throw new DetoxException(
          "model", "detox: expected a model with a tokenizer, got one without");
    }
    List<TokenIds> read =
        prompts.stream().map(text -> model.tokenizer().encode(text).ids()).toList();
    requireTwo("prompts", read);
    List<TokenIds> scored =
        texts.stream().map(text -> begun(model, text)).filter(ids -> ids.size() > 1).toList();
    requireTwo("texts", scored);
    return new DetoxData(
        half(read, scored, 0, limit),
        half(read, scored, 1, limit),
        lexicon,
        /* trained= */ null,
        /* service= */ null);
  }

  /// The same with other scorers.
  public DetoxData scoredBy(@Nullable Trained trained, @Nullable ContinuationScorer service) {
    return new DetoxData(choosing, measuring, lexicon, trained, service);
  }

  private static void requireTwo(String argument, List<TokenIds> given) {
    if (given.size() < 2) {
      throw new DetoxException(
          argument,
          "detox: expected at least 2 %s, one to choose by and one to measure with, got %d"
              .formatted(argument, given.size()));
    }
  }

  /// A text as the model meets it: after the token that separates texts, where there is one.
  private static TokenIds begun(LanguageModel model, String text) {
    TokenIds ids = model.tokenizer().encode(text).ids();
    var end = model.tokenizer().specials().eos();
    boolean bare = ids.equals(model.tokenizer().encodeWithoutSpecial(text).ids());
    return bare && end.isPresent() ? TokenIds.of(end.getAsInt()).plus(ids.stream().toArray()) : ids;
  }

  private static Half half(List<TokenIds> prompts, List<TokenIds> texts, int odd, int limit) {
    return new Half(every(prompts, odd, limit), every(texts, odd, limit));
  }

  private static List<TokenIds> every(List<TokenIds> all, int odd, int limit) {
    return IntStream.range(0, all.size())
        .filter(i -> i % 2 == odd)
        .limit(limit)
        .mapToObj(all::get)
        .toList();
  }
}
