package io.lexiscope.workbench.attribution;

import io.lexiscope.analysis.attribution.Attribution;
import io.lexiscope.analysis.attribution.AttributionQuery;
import io.lexiscope.analysis.attribution.Component;
import io.lexiscope.analysis.attribution.Contribution;
import io.lexiscope.analysis.attribution.DirectLogitAttribution;
import io.lexiscope.analysis.lens.LensConvention;
import io.lexiscope.analysis.lens.LensSelection;
import io.lexiscope.analysis.lens.LensTarget;
import io.lexiscope.analysis.lens.LogitLens;
import io.lexiscope.analysis.lens.Readout;
import io.lexiscope.model.LanguageModel;
import io.lexiscope.model.Run;
import io.lexiscope.model.config.SoftCap;
import io.lexiscope.model.hook.Recording;
import io.lexiscope.model.place.HookName;
import io.lexiscope.model.place.HookPoint;
import io.lexiscope.model.tokenizer.TokenIds;
import io.lexiscope.model.tokenizer.TokenView;
import io.lexiscope.workbench.ask.NotFinite;
import io.lexiscope.workbench.ask.WorkbenchException;
import io.lexiscope.workbench.intervene.InterventionSpecs;
import io.lexiscope.workbench.job.Feature;
import io.lexiscope.workbench.job.UseCase;
import io.lexiscope.workbench.job.Verb;
import io.lexiscope.workbench.job.Work;
import io.lexiscope.workbench.lens.ConventionView;
import io.lexiscope.workbench.shelf.KeptRun;
import io.lexiscope.workbench.shelf.ModelShelf;
import io.lexiscope.workbench.shelf.OpenModel;
import io.lexiscope.workbench.shelf.Prompts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Splits a logit into what each component adds to it.
public final class AttributionUseCase implements UseCase<AttributionRequest, AttributionResult> {
  private static final int STANDARD_TOP = 20;

  private final ModelShelf shelf;

  private AttributionUseCase(ModelShelf shelf) {
    this.shelf = shelf;
  }

  /// The verb `attribution`.
  public static Feature<AttributionRequest, AttributionResult> feature(ModelShelf shelf) {
    return new Feature<>(
        Verb.reads("attribution", "Which components wrote a word."),
        AttributionRequest.class,
        new AttributionUseCase(shelf));
  }

  @Override
  public AttributionResult answer(AttributionRequest request, Work work) {
    int top = request.top() == null ? STANDARD_TOP : request.top();
    if (top < 1) {
      throw WorkbenchException.misuse(
          "top", "attribution: expected 1 or more contributions, got " + top);
    }
    AttributionTarget where = request.where();
    try (var open = shelf.use(request.choice())) {
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
      TokenIds ids = Prompts.idsWithinContext("attribution", model, request.prompt());
      InterventionSpecs.requireMet(model, ids.size(), ids.size());
      int position =
          where.position() == null
              ? ids.size() - 1
              : Prompts.position("attribution", "position", where.position(), ids.size());
      HookName at =
          where.at() == null
              ? HookPoint.RESID_POST.at(model.architecture().layers() - 1)
              : HookName.parse(where.at());
      LensConvention convention =
          Objects.requireNonNullElse(where.convention(), LensConvention.FROZEN_SCALE);
      var splitter = DirectLogitAttribution.of(model, convention);
      int target =
          where.target() == null
              ? answerOf(open, model, ids, at, position, work)
              : Prompts.token("attribution", model, "target", where.target());
      Integer against =
          where.against() == null
              ? null
              : Prompts.token("attribution", model, "against", where.against());
      AttributionQuery query =
          AttributionQuery.of(new LensTarget.Id(target)).at(at).position(position);
      AttributionQuery asked = against == null ? query : query.against(new LensTarget.Id(against));
      Explained explained =
          work.pass(
              () -> {
                try (KeptRun kept = open.run(model, ids, splitter.recording(asked))) {
                  Run run = kept.run();
                  Attribution whole = splitter.explain(run, asked);
                  return new Explained(whole, capped(whole, splitter, run, query));
                }
              });
      Attribution split = explained.split();
      return new AttributionResult(
          Prompts.header(open, ids, /* seed= */ null, notFinite(split, at, position)),
          at.toString(),
          at.layer().orElse(null),
          position,
          TokenView.of(model.tokenizer(), target),
          against == null ? null : TokenView.of(model.tokenizer(), against),
          ConventionView.of(convention),
          strongest(split, top),
          split.balance().sum(),
          split.balance().logit(),
          split.balance().residualError(),
          split.softCap() instanceof SoftCap.Tanh tanh ? Double.valueOf(tanh.cap()) : null,
          explained.capped());
    }
  }

  /// @param capped the logit, or the difference of two, after the model's final squeeze
  private record Explained(Attribution split, @Nullable Double capped) {}

  /// The squeeze is not linear: of a difference each logit is squeezed by itself.
  private static @Nullable Double capped(
      Attribution whole, DirectLogitAttribution splitter, Run run, AttributionQuery alone) {
    if (!(whole.softCap() instanceof SoftCap.Tanh tanh)) {
      return null;
    }
    double difference = whole.balance().logit();
    if (whole.subject().against() == null) {
      return squeezed(difference, tanh);
    }
    double target = splitter.explain(run, alone).balance().logit();
    return squeezed(target, tanh) - squeezed(target - difference, tanh);
  }

  private static double squeezed(double logit, SoftCap.Tanh tanh) {
    return tanh.cap() * Math.tanh(logit / tanh.cap());
  }

  private static List<NotFinite> notFinite(Attribution split, HookName at, int position) {
    long bad = split.contributions().stream().filter(one -> !Double.isFinite(one.logits())).count();
    boolean fine = bad == 0 && Double.isFinite(split.balance().residualError());
    return fine
        ? List.of()
        : List.of(
            new NotFinite(at.toString(), at.layer().orElse(null), position, Math.max(1, bad)));
  }

  private static int answerOf(
      OpenModel open, LanguageModel model, TokenIds ids, HookName at, int position, Work work) {
    LogitLens lens = LogitLens.afterFinalNorm(model);
    var selection = LensSelection.of(at).positions(position);
    return work.pass(
        () -> {
          Recording recording = lens.recording(selection);
          try (KeptRun kept = open.run(model, ids, recording)) {
            return lens.read(kept.run(), selection, Readout.top(1))
                .list()
                .getFirst()
                .top()
                .getFirst()
                .id();
          }
        });
  }

  private static List<ComponentContribution> strongest(Attribution split, int top) {
    var ordered =
        split.contributions().stream()
            .sorted(Comparator.comparingDouble((Contribution one) -> -Math.abs(one.logits())))
            .toList();
    List<ComponentContribution> views = new ArrayList<>();
    ordered.stream().limit(top).map(AttributionUseCase::view).forEach(views::add);
    if (ordered.size() > top) {
      var rest = ordered.subList(top, ordered.size());
      views.add(
          new ComponentContribution(
              ComponentKind.OTHERS,
              "others (" + rest.size() + ")",
              /* at= */ null,
              /* layer= */ null,
              /* head= */ null,
              /* neuron= */ null,
              rest.stream().mapToDouble(Contribution::logits).sum(),
              rest.size()));
    }
    return views;
  }

  private static ComponentContribution view(Contribution one) {
    Component component = one.component();
    return new ComponentContribution(
        kind(component),
        component.label(),
        component.place().map(HookName::toString).orElse(null),
        layer(component),
        component instanceof Component.Head head ? Integer.valueOf(head.index()) : null,
        component instanceof Component.Neuron neuron ? Integer.valueOf(neuron.index()) : null,
        one.logits(),
        component instanceof Component.MlpRest rest ? rest.neurons() : 1);
  }

  private static ComponentKind kind(Component component) {
    return switch (component) {
      case Component.TokenEmbedding _, Component.EmbeddingBias _ -> ComponentKind.EMBED;
      case Component.PositionEmbedding _ -> ComponentKind.POS_EMBED;
      case Component.Head _ -> ComponentKind.HEAD;
      case Component.AttentionBias _ -> ComponentKind.ATTN_BIAS;
      case Component.Mlp _, Component.MlpRest _ -> ComponentKind.MLP;
      case Component.Neuron _ -> ComponentKind.NEURON;
      case Component.FinalNormBias _, Component.UnembeddingBias _ -> ComponentKind.FINAL_BIAS;
      case Component.Change _ -> ComponentKind.OTHERS;
    };
  }

  private static @Nullable Integer layer(Component component) {
    return switch (component) {
      case Component.Head head -> head.layer();
      case Component.AttentionBias bias -> bias.layer();
      case Component.Mlp mlp -> mlp.layer();
      case Component.MlpRest rest -> rest.layer();
      case Component.Neuron neuron -> neuron.layer();
      case Component.Change change -> change.at().layer().orElse(null);
      case Component.TokenEmbedding _,
          Component.PositionEmbedding _,
          Component.EmbeddingBias _,
          Component.FinalNormBias _,
          Component.UnembeddingBias _ ->
          null;
    };
  }
}
