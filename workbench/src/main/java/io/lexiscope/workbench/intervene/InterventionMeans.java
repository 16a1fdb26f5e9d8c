package io.lexiscope.workbench.intervene;

import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.intervene.MeanActivation;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.workbench.ask.InterventionSpec;
import io.lexiscope.workbench.ask.MeanSpec;
import io.lexiscope.workbench.corpus.DefaultText;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.job.WorkTurn;
import io.lexiscope.workbench.shelf.OpenModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes the means that interventions set values to.
sealed interface InterventionMeans {
  /// Means and over what they were taken.
  record Taken(Map<HookName, MeanActivation> means, MeanSpec source) {
    MeanActivation at(HookName place) {
      return Objects.requireNonNull(means.get(place), "asked for");
    }
  }

  /// The means of hook points that an intervention asks for.
  Taken of(List<HookName> places, InterventionSpec spec);

  /// Where no mean can be asked for.
  record None() implements InterventionMeans {
    @Override
    public Taken of(List<HookName> places, InterventionSpec spec) {
      throw InterventionSpecs.wrong("a change by a number here", "a mean");
    }
  }

  /// Means of a model that is in use, by passes that take their turns. Those over its default text
  /// are remembered with it.
  record Of(OpenModel open, Work work) implements InterventionMeans {
    @Override
    public Taken of(List<HookName> places, InterventionSpec spec) {
      LanguageModel model = open.model();
      List<String> given = given(spec.mean());
      if (given != null) {
        List<TokenIds> texts =
            given.stream().map(text -> model.tokenizer().encode(text).ids()).toList();
        return taken(measured(texts, places), given, "given texts");
      }
      DefaultText text = DefaultText.of(model);
      if (text.texts().isEmpty()) {
        throw InterventionSpecs.wrong(
            "texts to take a mean over", "none, and the model has no tokenizer to read any with");
      }
      return taken(
          open.means(places, missing -> measured(text.texts(), missing)),
          /* texts= */ null,
          text.name());
    }

    private Map<HookName, MeanActivation> measured(List<TokenIds> texts, List<HookName> places) {
      return MeanActivation.measure(open.model().transformer(), texts, places, new WorkTurn(work));
    }

    private static Taken taken(
        Map<HookName, MeanActivation> means, @Nullable List<String> texts, String name) {
      long positions = means.values().iterator().next().positions();
      return new Taken(means, new MeanSpec(texts, name, positions));
    }

    private static @Nullable List<String> given(@Nullable MeanSpec spec) {
      return spec == null ? null : spec.texts();
    }
  }
}
