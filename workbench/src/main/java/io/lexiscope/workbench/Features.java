package io.lexiscope.workbench;

import io.lexiscope.workbench.activations.ActivationsUseCase;
import io.lexiscope.workbench.ask.ProblemKind;
import io.lexiscope.workbench.ask.Request;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.attribution.AttributionUseCase;
import io.lexiscope.workbench.clusters.ClustersUseCase;
import io.lexiscope.workbench.compare.CompareUseCase;
import io.lexiscope.workbench.detox.DetoxUseCase;
import io.lexiscope.workbench.diff.DiffUseCase;
import io.lexiscope.workbench.edits.ApplyUseCase;
import io.lexiscope.workbench.edits.EditUseCase;
import io.lexiscope.workbench.edits.EvaluateEditsUseCase;
import io.lexiscope.workbench.events.EventsUseCase;
import io.lexiscope.workbench.exit.ExitUseCase;
import io.lexiscope.workbench.ffn.FfnUseCase;
import io.lexiscope.workbench.flow.FlowUseCase;
import io.lexiscope.workbench.generate.GenerateUseCase;
import io.lexiscope.workbench.glossary.ExplainUseCase;
import io.lexiscope.workbench.gradients.GradientsUseCase;
import io.lexiscope.workbench.heads.HeadsUseCase;
import io.lexiscope.workbench.invert.InvertUseCase;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.JobsUseCase;
import io.lexiscope.workbench.lens.LensUseCase;
import io.lexiscope.workbench.models.HealthUseCase;
import io.lexiscope.workbench.models.InfoUseCase;
import io.lexiscope.workbench.models.ModelsUseCase;
import io.lexiscope.workbench.models.PullUseCase;
import io.lexiscope.workbench.neuron.NeuronUseCase;
import io.lexiscope.workbench.parity.ParityUseCase;
import io.lexiscope.workbench.patch.PatchUseCase;
import io.lexiscope.workbench.score.ScoreUseCase;
import io.lexiscope.workbench.search.IndexUseCase;
import io.lexiscope.workbench.search.SearchUseCase;
import io.lexiscope.workbench.separate.SeparateUseCase;
import io.lexiscope.workbench.study.ReproduceUseCase;
import io.lexiscope.workbench.survey.SurveyUseCase;
import io.lexiscope.workbench.tokens.CompleteUseCase;
import io.lexiscope.workbench.tokens.TokenizeUseCase;
import io.lexiscope.workbench.train.EvaluateUseCase;
import io.lexiscope.workbench.train.NewUseCase;
import io.lexiscope.workbench.train.TrainUseCase;
import io.lexiscope.workbench.values.MoveValueUseCase;
import io.lexiscope.workbench.values.TraceValuesUseCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The verbs of a workbench, each with all there is to know of it.
public final class Features {
  private final List<Feature<?, ?>> all;
  private final Map<Class<?>, Feature<?, ?>> byRequest = new HashMap<>();
  private final Map<String, Feature<?, ?>> byName = new HashMap<>();

  /// These features.
  ///
  /// @throws IllegalArgumentException when two have one name or one request record
  public Features(List<? extends Feature<?, ?>> features) {
    all = List.copyOf(features);
    for (var feature : all) {
      if (byRequest.put(feature.asks(), feature) != null
          || byName.put(feature.name(), feature) != null) {
        throw new IllegalArgumentException(
            "features: expected one feature for each verb and request, got a second for "
                + feature.name());
      }
    }
  }

  /// The features of Lexiscope itself, one line a verb.
  ///
  /// @param settings what the workbench was told
  /// @param on what it keeps
  static Features standard(WorkbenchSettings settings, Shelves on) {
    return new Features(
        List.of(
            HealthUseCase.feature(on.models(), settings.build()),
            ModelsUseCase.feature(on.finder()),
            PullUseCase.feature(settings.hub()),
            InfoUseCase.feature(on.models()),
            TokenizeUseCase.feature(on.models()),
            CompleteUseCase.feature(on.models()),
            GenerateUseCase.feature(on.models()),
            ScoreUseCase.feature(on.models()),
            ActivationsUseCase.feature(on.models()),
            ParityUseCase.feature(on.models()),
            LensUseCase.feature(on.models()),
            AttributionUseCase.feature(on.models()),
            HeadsUseCase.feature(on.models()),
            FlowUseCase.feature(on.models()),
            CompareUseCase.feature(on.models()),
            PatchUseCase.feature(on.models()),
            FfnUseCase.feature(on.models()),
            GradientsUseCase.feature(on.models()),
            EditUseCase.feature(on.models()),
            ApplyUseCase.feature(on.models()),
            EvaluateEditsUseCase.feature(on.models()),
            DetoxUseCase.feature(on.models(), on.indexes(), settings.perspective()),
            NeuronUseCase.feature(on.models(), on.indexes()),
            EventsUseCase.feature(on.models(), on.indexes()),
            SurveyUseCase.feature(on.models()),
            ReproduceUseCase.feature(on.models()),
            SearchUseCase.feature(on.models(), on.indexes()),
            IndexUseCase.feature(on.models(), on.indexes()),
            ClustersUseCase.feature(on.models()),
            DiffUseCase.feature(on.models()),
            InvertUseCase.feature(on.models()),
            TraceValuesUseCase.feature(on.models()),
            MoveValueUseCase.feature(on.models()),
            SeparateUseCase.feature(on.models()),
            TrainUseCase.feature(),
            NewUseCase.feature(),
            EvaluateUseCase.feature(on.models()),
            ExitUseCase.feature(on.models()),
            ExplainUseCase.feature(),
            JobsUseCase.feature(on.jobs())));
  }

  /// These and more.
  ///
  /// @throws IllegalArgumentException when two have one name or one request record
  public Features with(List<? extends Feature<?, ?>> more) {
    List<Feature<?, ?>> both = new ArrayList<>(all);
    both.addAll(more);
    return new Features(both);
  }

  /// All of them, in the order in which they are listed to people.
  public List<Feature<?, ?>> all() {
    return all;
  }

  /// The feature of a verb's name as it stands in a path or on the command line.
  public Optional<Feature<?, ?>> named(String verb) {
    return Optional.ofNullable(byName.get(verb));
  }

  /// The feature that answers a request.
  ///
  /// @throws WorkbenchException of kind `notFound` when none does
  public <R extends Record> Feature<?, R> of(Request<R> request) {
    var feature = byRequest.get(request.getClass());
    if (feature == null) {
      throw new WorkbenchException(
          ProblemKind.NOT_FOUND,
          "request: this workbench has no answer to a " + request.getClass().getSimpleName());
    }
    @SuppressWarnings("unchecked") // a feature that asks with a Request<R> gives an R
    var typed = (Feature<?, R>) feature;
    return typed;
  }
}
