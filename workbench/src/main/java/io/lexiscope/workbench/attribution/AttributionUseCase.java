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
import io.lexiscope.model.reading.Baseline;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
        Verb.reads("attribution", "Which components raised or lowered a word."),
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
      TokenIds ids = Prompts.idsWithinContext("attribution", open.model(), request.prompt());
      LanguageModel model = InterventionSpecs.apply(open, request.interventions(), work);
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
      Baseline baseline = Objects.requireNonNullElse(where.baseline(), Baseline.MEAN);
      AttributionQuery query =
          AttributionQuery.of(new LensTarget.Id(target)).at(at).position(position);
      AttributionQuery asked =
          against != null
              ? query.against(new LensTarget.Id(against))
              : switch (baseline) {
                case MEAN -> query;
                case NONE -> query.above(new AttributionQuery.Reference.Nothing());
              };
      Explained explained =
          work.pass(
              () -> {
                try (KeptRun kept = open.run(model, ids, splitter.recording(asked))) {
                  Run run = kept.run();
                  Attribution whole = splitter.explain(run, asked);
                  Attribution alone = against == null ? whole : splitter.explain(run, query);
                  Attribution foil =
                      against == null
                          ? null
                          : splitter.explain(
                              run,
                              AttributionQuery.of(new LensTarget.Id(against))
                                  .at(at)
                                  .position(position));
                  return new Explained(whole, alone, foil);
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
          baseline,
          against == null ? Double.valueOf(split.balance().meanLogit()) : null,
          strongest(explained, top),
          split.balance().sum(),
          split.balance().logit(),
          split.balance().residualError(),
          split.softCap() instanceof SoftCap.Tanh tanh ? Double.valueOf(tanh.cap()) : null,
          explained.capped());
    }
  }

  /// @param split what was asked for
  /// @param alone the target's logit above the mean where a second word is subtracted; else `split`
  /// @param foil the second word's, or null
  private record Explained(Attribution split, Attribution alone, @Nullable Attribution foil) {

    /// The logit, or the difference of two, after the model's final squeeze, which is not linear:
    /// each logit is squeezed by itself. Null without a squeeze.
    @Nullable Double capped() {
      if (!(split.softCap() instanceof SoftCap.Tanh tanh)) {
        return null;
      }
      double target = squeezed(plain(alone), tanh);
      return foil == null ? target : target - squeezed(plain(foil), tanh);
    }

    /// The logit itself.
    private static double plain(Attribution one) {
      return switch (one.subject().baseline()) {
        case MEAN -> one.balance().logit() + one.balance().meanLogit();
        case NONE -> one.balance().logit();
      };
    }
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

  private static List<ComponentContribution> strongest(Explained explained, int top) {
    List<Contribution> all = explained.split().contributions();
    List<Integer> ordered =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(Comparator.comparingDouble(one -> -Math.abs(all.get(one).logits())))
            .toList();
    List<ComponentContribution> views = new ArrayList<>();
    ordered.stream().limit(top).map(one -> view(explained, one)).forEach(views::add);
    List<Integer> rest = ordered.size() > top ? ordered.subList(top, ordered.size()) : List.of();
    others(explained, rest.stream().filter(one -> all.get(one).logits() >= 0).toList(), "raise")
        .ifPresent(views::add);
    others(explained, rest.stream().filter(one -> !(all.get(one).logits() >= 0)).toList(), "lower")
        .ifPresent(views::add);
    return views;
  }

  /// What is not listed one by one, as one entry.
  private static Optional<ComponentContribution> others(
      Explained explained, List<Integer> rest, String verb) {
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, List<Integer>> byLayer = new TreeMap<>();
    for (int one : rest) {
      Integer layer = layer(explained.split().contributions().get(one).component());
      byLayer.computeIfAbsent(layer == null ? -1 : layer, _ -> new ArrayList<>()).add(one);
    }
    List<LayerShare> layers = new ArrayList<>();
    byLayer.forEach(
        (layer, there) ->
            layers.add(new LayerShare(layer, sum(explained.split(), there), there.size())));
    Attribution foil = explained.foil();
    return Optional.of(
        new ComponentContribution(
            ComponentKind.OTHERS,
            "others that %s (%d)".formatted(verb, rest.size()),
            /* at= */ null,
            /* layer= */ null,
            /* head= */ null,
            /* neuron= */ null,
            sum(explained.split(), rest),
            rest.size(),
            foil == null ? null : Double.valueOf(sum(explained.alone(), rest)),
            foil == null ? null : Double.valueOf(sum(foil, rest)),
            layers));
  }

  private static double sum(Attribution of, List<Integer> which) {
    return which.stream().mapToDouble(one -> of.contributions().get(one).logits()).sum();
  }

  private static ComponentContribution view(Explained explained, int index) {
    Contribution one = explained.split().contributions().get(index);
    Component component = one.component();
    Attribution foil = explained.foil();
    return new ComponentContribution(
        kind(component),
        component.label(),
        component.place().map(HookName::toString).orElse(null),
        layer(component),
        component instanceof Component.Head head ? Integer.valueOf(head.index()) : null,
        component instanceof Component.Neuron neuron ? Integer.valueOf(neuron.index()) : null,
        one.logits(),
        component instanceof Component.MlpRest rest ? rest.neurons() : 1,
        foil == null ? null : Double.valueOf(explained.alone().contributions().get(index).logits()),
        foil == null ? null : Double.valueOf(foil.contributions().get(index).logits()),
        /* byLayer= */ null);
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
