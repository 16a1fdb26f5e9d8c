package io.lexiscope.workbench.intervene;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.hook.HookName;
import io.lexiscope.model.intervene.MeanActivation;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.MeanSpec;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the means that interventions set values to.
sealed interface InterventionMeans {
  /// A mean and over what it was taken.
  record Taken(MeanActivation mean, MeanSpec source) {}

  /// The mean of a hook point that an intervention asks for.
  Taken of(HookName place, InterventionSpec spec);

  /// Where no mean can be asked for.
  record None() implements InterventionMeans {
    @Override
    public Taken of(HookName place, InterventionSpec spec) {
      throw InterventionSpecs.wrong("a change by a number here", "a mean");
    }
  }

  /// Means of a model that is in use. Those over its default text are remembered with it.
  record Of(OpenModel open) implements InterventionMeans {
    @Override
    public Taken of(HookName place, InterventionSpec spec) {
      LanguageModel model = open.model();
      List<String> given = given(spec.mean());
      if (given != null) {
        List<TokenIds> texts =
            given.stream().map(text -> model.tokenizer().encode(text).ids()).toList();
        MeanActivation mean = MeanActivation.measure(model.transformer(), texts, place);
        return new Taken(mean, new MeanSpec(given, "given texts", mean.positions()));
      }
      DefaultText text = DefaultText.of(model);
      if (text.texts().isEmpty()) {
        throw InterventionSpecs.wrong(
            "texts to take a mean over", "none, and the model has no tokenizer to read any with");
      }
      MeanActivation mean =
          open.mean(place, at -> MeanActivation.measure(model.transformer(), text.texts(), at));
      return new Taken(mean, new MeanSpec(null, text.name(), mean.positions()));
    }

    private static @Nullable List<String> given(@Nullable MeanSpec spec) {
      return spec == null ? null : spec.texts();
    }
  }
}
