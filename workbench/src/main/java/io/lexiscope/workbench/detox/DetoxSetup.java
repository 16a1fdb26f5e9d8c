package io.lexiscope.workbench.detox;

import io.lexiscope.analysis.detox.BagOfWordsScorer;
import io.lexiscope.analysis.detox.Lexicon;
import io.lexiscope.base.Estimate;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.train.microworld.MicroworldTalk;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.task.Split;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a detoxification experiment is run on: two halves of prompts and texts, a lexicon, and a
/// trained scorer where there is one.
///
/// @param choosing for choosing vectors and coefficient
/// @param measuring for the figures reported
/// @param lexicon what counts as toxic
/// @param scorer trained on texts whose kind is known, or null
record DetoxSetup(Half choosing, Half measuring, Lexicon lexicon, @Nullable Scorer scorer) {
  private static final int STANDARD_LIMIT = 250;
  private static final int MICROWORLD_TEXTS = 400;
  private static final int LABELLED = 1000;

  /// Prompts and texts.
  ///
  /// @param prompts to be continued
  /// @param texts whose loss is taken
  record Half(List<TokenIds> prompts, List<TokenIds> texts) {
    Half {
      prompts = List.copyOf(prompts);
      texts = List.copyOf(texts);
    }
  }

  /// A trained scorer.
  ///
  /// @param bag the scorer
  /// @param accuracy on held-out labelled texts
  /// @param description of it in words
  record Scorer(BagOfWordsScorer bag, Estimate accuracy, String description) {}

  static DetoxSetup of(LanguageModel model, DetoxRequest request) {
    DetoxTexts data = request.data();
    boolean microworld = isMicroworld(model);
    int limit = request.measure().limit() == null ? STANDARD_LIMIT : request.measure().limit();
    if (limit < 1) {
      throw WorkbenchException.invalid(
          "limit", "detox: expected a limit of 1 or more, got " + limit);
    }
    if (!model.tokenizer().isPresent()) {
      throw WorkbenchException.invalid(
          "model", "detox: expected a model with a tokenizer, got one without");
    }
    List<String> prompts = data.prompts();
    List<String> words = data.lexicon();
    List<String> texts = data.texts();
    if (!microworld && (prompts == null || words == null || texts == null)) {
      throw WorkbenchException.invalid(
          prompts == null ? "prompts" : words == null ? "lexicon" : "texts",
          "detox: expected prompts, lexicon and texts for this model, got no "
              + (prompts == null ? "prompts" : words == null ? "lexicon" : "texts")
              + "; only a model of the microworld has its own");
    }
    MicroworldTalk talk = MicroworldTalk.load();
    List<TokenIds> read =
        (prompts == null ? talk.provoking(2 * Math.min(limit, STANDARD_LIMIT)) : prompts)
            .stream().map(text -> model.tokenizer().encode(text).ids()).toList();
    requireTwo("prompts", read);
    List<TokenIds> scored =
        (texts == null
                ? MicroworldTalk.documents(Split.VALIDATION, /* seed= */ 0, MICROWORLD_TEXTS)
                : texts)
            .stream().map(text -> begun(model, text)).filter(ids -> ids.size() > 1).toList();
    requireTwo("texts", scored);
    Lexicon lexicon = Lexicon.of(words == null ? talk.rudeWords() : words);
    return new DetoxSetup(
        half(read, scored, 0, limit),
        half(read, scored, 1, limit),
        lexicon,
        microworld ? scorer(talk) : null);
  }

  private static void requireTwo(String field, List<TokenIds> given) {
    if (given.size() < 2) {
      throw WorkbenchException.invalid(
          field,
          "detox: expected at least 2 %s, one to choose by and one to measure with, got %d"
              .formatted(field, given.size()));
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

  private static Scorer scorer(MicroworldTalk talk) {
    BagOfWordsScorer bag = BagOfWordsScorer.train(labelled(talk, Split.TRAIN));
    return new Scorer(
        bag,
        bag.accuracy(labelled(talk, Split.VALIDATION)),
        "logistic regression on the words of %d rude and polite answers of the microworld's generator"
            .formatted(LABELLED));
  }

  private static List<BagOfWordsScorer.Labelled> labelled(MicroworldTalk talk, Split split) {
    return talk.answers(split, LABELLED).stream()
        .map(answer -> new BagOfWordsScorer.Labelled(answer.text(), answer.rude()))
        .toList();
  }

  private static boolean isMicroworld(LanguageModel model) {
    Path recipe = model.folder().resolve("recipe.json");
    return Files.isRegularFile(recipe) && Recipes.read(recipe).task().name().equals("microworld");
  }
}
