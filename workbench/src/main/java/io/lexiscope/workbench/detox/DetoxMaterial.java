package io.lexiscope.workbench.detox;

import io.lexiscope.analysis.detox.BagOfWordsScorer;
import io.lexiscope.analysis.detox.ContinuationScorer;
import io.lexiscope.analysis.detox.DetoxData;
import io.lexiscope.analysis.detox.Lexicon;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.train.microworld.MicroworldTalk;
import io.lexiscope.train.recipe.Recipes;
import io.lexiscope.train.task.Split;
import io.lexiscope.workbench.ask.WorkbenchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a request's experiment is run on: what it brings along, and for a model of the microworld
/// what the microworld's generator has.
final class DetoxMaterial {
  private static final int STANDARD_LIMIT = 250;
  private static final int MICROWORLD_TEXTS = 400;
  private static final int LABELLED = 1000;

  private DetoxMaterial() {}

  static DetoxData of(
      LanguageModel model, DetoxRequest request, @Nullable ContinuationScorer service) {
    int limit = Objects.requireNonNullElse(request.measure().limit(), STANDARD_LIMIT);
    DetoxTexts data = request.data();
    boolean microworld = isMicroworld(model);
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
    return DetoxData.of(
            model,
            prompts == null
                ? talk.provoking(2 * Math.max(1, Math.min(limit, STANDARD_LIMIT)))
                : prompts,
            texts == null
                ? MicroworldTalk.documents(Split.VALIDATION, /* seed= */ 0, MICROWORLD_TEXTS)
                : texts,
            Lexicon.of(words == null ? talk.rudeWords() : words),
            limit)
        .scoredBy(microworld ? trained(talk) : null, service);
  }

  private static DetoxData.Trained trained(MicroworldTalk talk) {
    BagOfWordsScorer bag = BagOfWordsScorer.train(labelled(talk, Split.TRAIN));
    return new DetoxData.Trained(
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
